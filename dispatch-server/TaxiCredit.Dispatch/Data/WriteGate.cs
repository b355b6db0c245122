using System.Diagnostics;

namespace TaxiCredit.Dispatch.Data;

/// <summary>
/// Where the writers of this process wait for each other, before they hold a connection or a thread: one at a time, in the order of their coming. So
/// many wait at most, and so long; who comes then is sent away and may come again. Readers do not come here. Thread-safe.
/// </summary>
/// <param name="time">The machine's: how long somebody waits is no time of the bureau's.</param>
internal sealed class WriteGate(TimeProvider time)
{
    public const int MaxWaiting = 200;

    /// <summary>A second wait of this length would not be worth a person's while.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private bool _isTaken;
    private string? _closed;

    /// <summary>
    /// How long a writer tries for the lock that another process holds: while the server is prepared, and in commands, longer than while it answers.
    /// </summary>
    public TimeSpan Patience { get; private set; } = TimeSpan.FromSeconds(30);

    /// <summary>Somebody waits. Raised on the thread that came.</summary>
    public event Action? Queued;

    /// <summary>What waiting has cost, seconds a writer.</summary>
    public Spread Waits { get; } = new(0.001, 0.01, 0.1, 0.5, 1, 2, 5, 10);

    /// <summary>Writers that were sent away.</summary>
    public long SentAway { get; private set; }

    public int Waiting
    {
        get
        {
            lock (_lock)
                return _waiting.Count;
        }
    }

    /// <summary>Why nothing may be written; null if it may.</summary>
    public string? Closed
    {
        get
        {
            lock (_lock)
                return _closed;
        }
    }

    /// <summary>From now on people wait for the answers.</summary>
    public void Serve() => Patience = TimeSpan.Zero;

    /// <summary>Nobody may write until <see cref="Open"/>.</summary>
    public void Close(string why)
    {
        lock (_lock)
            _closed = why;
        SendAllAway(() => new DatabaseGoneException(why));
    }

    public void Open()
    {
        lock (_lock)
            _closed = null;
    }

    /// <summary>Waits for the turn; dispose of it to give it on.</summary>
    /// <exception cref="WritersBusyException">Too many wait, or it has taken too long.</exception>
    /// <exception cref="DatabaseGoneException">The gate is closed.</exception>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        TaskCompletionSource? turn = null;
        lock (_lock)
        {
            if (_closed is not null)
                throw new DatabaseGoneException(_closed);
            if (_isTaken)
                turn = Enqueue();
            else
                _isTaken = true;
        }

        if (turn is null)
        {
            Waits.Add(0);
            return new Turn(this);
        }

        Queued?.Invoke();
        var since = time.GetTimestamp();
        await using (stop.Register(() => turn.TrySetCanceled(stop)))
        await using (time.CreateTimer(_ => turn.TrySetException(Busy($"waited {LongestWait.TotalSeconds} s")), null, LongestWait, Timeout.InfiniteTimeSpan))
        {
            try
            {
                await turn.Task;
            }
            catch (Exception left)
            {
                lock (_lock)
                {
                    _waiting.Remove(turn);
                    SentAway += left is OperationCanceledException ? 0 : 1;
                }

                throw;
            }
            finally
            {
                Waits.Add(time.GetElapsedTime(since).TotalSeconds);
            }
        }

        return new Turn(this);
    }

    /// <summary>Another process holds the lock: who waits behind a writer that gave up would wait in vain as long again.</summary>
    public void LockedElsewhere() => SendAllAway(() => Busy("another process holds the lock"));

    public static WritersBusyException Busy(string why) => new($"Others are writing to the database: {why}.");

    private TaskCompletionSource Enqueue()
    {
        if (_waiting.Count >= MaxWaiting)
        {
            SentAway++;
            throw Busy($"{MaxWaiting} wait already");
        }

        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.AddLast(turn);
        return turn;
    }

    private void SendAllAway(Func<Exception> why)
    {
        TaskCompletionSource[] all;
        lock (_lock)
            all = [.. _waiting];
        foreach (var turn in all)
            turn.TrySetException(why());
    }

    private void Leave()
    {
        lock (_lock)
        {
            while (_waiting.First is { } next)
            {
                _waiting.RemoveFirst();
                // False for one that has left the queue on its own.
                if (next.Value.TrySetResult())
                    return;
            }

            Debug.Assert(_isTaken, "The gate is left by who entered it.");
            _isTaken = false;
        }
    }

    private sealed class Turn(WriteGate gate) : IDisposable
    {
        private WriteGate? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Leave();
    }
}

/// <summary>A writer was sent away and may come again in a moment; nothing was stored.</summary>
internal sealed class WritersBusyException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The database cannot be reached, or is not the one any more that this server has opened; nothing was stored.</summary>
internal sealed class DatabaseGoneException(string message) : Exception(message);
