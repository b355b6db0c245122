using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.Archive;

/// <summary>
/// The data folder while a city is restored into it. Everything is made in <c>restoring/</c> inside it and moved when all of it is there, the database last;
/// what a restore has moved that was cut off, the next one takes away.
/// </summary>
internal sealed class RestoreFolder : IDisposable
{
    private const string Name = "restoring";

    /// <summary>What may lie there beforehand: what is kept apart from the database, and tells whether it is behind.</summary>
    private static readonly string[] Kept = ["keys", "log.key", "city.checkpoint", "audit.checkpoint"];

    private readonly DataFolder _data;
    private readonly FileStream _lock;
    private bool _isDone;

    private RestoreFolder(DataFolder data, FileStream held) => (_data, _lock) = (data, held);

    /// <summary>Where things are made.</summary>
    public DataFolder Making => new(PathIn(_data));

    private string Moved => Path.Combine(Making.Path, "moved");

    /// <summary>Whether a restore into this folder was cut off, and nothing may be served from it.</summary>
    public static bool IsBegun(DataFolder data) => Directory.Exists(PathIn(data));

    /// <summary>Whether a restore into this folder was cut off; ask <see cref="TakeUp"/> before anything else.</summary>
    public bool WasCut { get; private init; }

    /// <exception cref="InvalidDataException">The folder is not empty, or another restore is at work in it.</exception>
    public static RestoreFolder Begin(DataFolder data)
    {
        // Looked at before anything is made in it.
        var wasCut = IsBegun(data);
        if (!wasCut)
            RefuseFilled(data);
        Directory.CreateDirectory(PathIn(data));
        try
        {
            var held = new FileStream(Path.Combine(PathIn(data), "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new(data, held) { WasCut = wasCut };
        }
        catch (IOException)
        {
            throw new InvalidDataException($"Another restore is at work in {data.Path}.");
        }
    }

    /// <summary>Takes away what a restore that was cut off has left.</summary>
    /// <param name="isStored">There is a city in the database: the cut came after its end, and all that was moved belongs to it.</param>
    /// <exception cref="InvalidDataException">Nothing was missing but the clean-up, or something else is in the folder.</exception>
    public void TakeUp(bool isStored)
    {
        if (isStored)
        {
            Done();
            throw new InvalidDataException($"A restore into {_data.Path} was cut off when it had stored everything; nothing is left to do. Start the server.");
        }

        TakeBack();
        foreach (var path in Directory.EnumerateFileSystemEntries(Making.Path).Where(path => Path.GetFileName(path) != "lock"))
            Delete(path);
        RefuseFilled(_data);
    }

    /// <summary>Whether that is in the folder already and stays as it is.</summary>
    public bool Has(string name) => Path.Exists(Path.Combine(_data.Path, name));

    /// <summary>Moves everything that was made into the folder.</summary>
    /// <param name="last">Name of what makes it a city, moved after all else; null if the database is elsewhere.</param>
    public void Move(string? last)
    {
        var made = Directory.EnumerateFileSystemEntries(Making.Path).Select(path => Path.GetFileName(path)!).Except(["lock", "moved", last]).Order().ToList();
        if (last is not null)
            made.Add(last);
        File.WriteAllLines(Moved, made!);
        foreach (var name in made)
            Directory.Move(Path.Combine(Making.Path, name!), Path.Combine(_data.Path, name!));
    }

    /// <summary>The city is stored: what was moved stays.</summary>
    public void Done() => _isDone = true;

    public void Dispose()
    {
        if (!_isDone)
            TakeBack();
        _lock.Dispose();
        Directory.Delete(Making.Path, recursive: true);
    }

    private void TakeBack()
    {
        if (!File.Exists(Moved))
            return;
        foreach (var name in File.ReadAllLines(Moved).Where(name => !Path.Exists(Path.Combine(Making.Path, name))))
            Delete(Path.Combine(_data.Path, name));
        File.Delete(Moved);
    }

    private static void RefuseFilled(DataFolder data)
    {
        if (!Directory.Exists(data.Path))
            return;
        if (Directory.EnumerateFileSystemEntries(data.Path).Select(Path.GetFileName).Except([.. Kept, Name]).Order().FirstOrDefault() is { } other)
        {
            throw new InvalidDataException(
                $"{data.Path} is not empty: it has {other}. A city is in it, or a server runs on it; a restore takes an empty folder, or one with "
                + $"{string.Join(", ", Kept)} alone.");
        }
    }

    private static void Delete(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        else
            File.Delete(path);
    }

    private static string PathIn(DataFolder data) => Path.Combine(data.Path, Name);
}
