using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Operations.Reads;

/// <summary>
/// Where looks at files are put on record at once: append-only files in the data folder, synced, without the database and its write lock. Those who look
/// at the same time share one sync. <see cref="ReadsToLog"/> takes them into the audit log. Each server has files of its own. Thread-safe.
/// </summary>
internal sealed partial class ReadSpool(DataFolder folder, ILogger<ReadSpool> log) : IDisposable
{
    /// <summary>A file of so many bytes is followed by another one, once it is in the log.</summary>
    private const int MaxBytes = 1 << 20;

    private readonly Lock _waitingGate = new();
    private readonly Lock _fileGate = new();
    private List<(byte[] Line, TaskCompletionSource<bool> Done)> _waiting = [];
    private bool _isWriting;
    private SpoolFile? _file;

    /// <summary>How often the disk was waited for.</summary>
    public int Syncs { get; private set; }

    /// <returns>False when it is not on the disk: what it tells of may not be shown.</returns>
    public Task<bool> WriteAsync(Look look)
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waitingGate)
        {
            _waiting.Add((SpoolFile.LineOf(look), done));
            if (_isWriting)
                return done.Task;
            _isWriting = true;
        }

        // Waiting for a disk takes a thread, and not that of the request.
        _ = Task.Run(WriteAll);
        return done.Task;
    }

    /// <summary>Gives the files of this server and of those that are gone, one after the other; the work is done while nobody appends to it.</summary>
    public async Task EachAsync(Func<SpoolFile, Task> work)
    {
        SpoolFile? own;
        lock (_fileGate)
            own = _file;
        if (own is not null)
        {
            await work(own);
            lock (_fileGate)
            {
                // Only while it is still the one that is written: after a failure it has been left to those below.
                if (_file == own && own.IsLogged && own.Length >= MaxBytes)
                {
                    own.Delete();
                    _file = null;
                }
            }
        }

        foreach (var path in Directory.Exists(folder.Reads) ? Directory.EnumerateFiles(folder.Reads, $"*{SpoolFile.Ending}") : [])
        {
            using var left = path == PathOf(own) ? null : SpoolFile.TryTakeOver(path);
            if (left is null)
                continue;
            await work(left);
            if (left.Length == 0 || left.Logged is not null)
                left.Delete();
        }
    }

    /// <summary>Lets go of the file that is written to; what it holds is taken over by the next pass.</summary>
    public void Forget()
    {
        lock (_fileGate)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    public void Dispose() => Forget();

    private string? PathOf(SpoolFile? file) => file is null ? null : Path.Combine(folder.Reads, file.Name + SpoolFile.Ending);

    private void WriteAll()
    {
        while (true)
        {
            List<(byte[] Line, TaskCompletionSource<bool> Done)> together;
            lock (_waitingGate)
            {
                (together, _waiting) = (_waiting, []);
                if (together.Count == 0)
                {
                    _isWriting = false;
                    return;
                }
            }

            var isThere = TryAppend([.. together.SelectMany(one => one.Line)]);
            foreach (var (_, done) in together)
                done.SetResult(isThere);
        }
    }

    private bool TryAppend(byte[] lines)
    {
        lock (_fileGate)
        {
            try
            {
                _file ??= SpoolFile.Create(folder.Reads);
                _file.Append(lines);
                Syncs++;
                return true;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // What it holds is taken over by the next pass; after a failed sync nobody knows what a file has.
                Forget();
                LogNotWritten(fault, folder.Reads);
                return false;
            }
        }
    }

    [LoggerMessage(5010, LogLevel.Error, "Nothing can be put on record in {Folder}: no file of a named person is shown until it can")]
    private partial void LogNotWritten(Exception fault, string folder);
}
