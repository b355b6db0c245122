namespace TaxiCredit.Dispatch.Operations;

/// <summary>Something that has happened and is committed, named in the past tense by the feature to which it happened: <c>MonthPublished</c>.</summary>
internal interface IFact;

/// <summary>A feature that is told facts of features below it. It is told on the thread that committed, and must neither wait nor throw.</summary>
internal interface IFactListener
{
    /// <summary>Takes up a fact; one of no interest is passed over.</summary>
    void Hear(IFact fact);
}

/// <summary>
/// Tells facts in this process, after their commit, to every listener in the order of registration. A listener that throws is logged and keeps
/// neither the operation nor the other listeners from their work. A fact is lost when the process ends between commit and telling: a listener must be
/// able to find out by itself what it was not told, as the reconciler's full pass does.
/// </summary>
internal sealed partial class Facts(IEnumerable<IFactListener> listeners, ILogger<Facts> log)
{
    private readonly IFactListener[] _listeners = [.. listeners];

    public void Tell(IEnumerable<IFact> facts)
    {
        foreach (var fact in facts)
        {
            foreach (var listener in _listeners)
                Tell(listener, fact);
        }
    }

    private void Tell(IFactListener listener, IFact fact)
    {
        try
        {
            listener.Hear(fact);
        }
        catch (Exception fault)
        {
            LogFailed(fault, listener.GetType().Name, fact.GetType().Name);
        }
    }

    [LoggerMessage(2001, LogLevel.Error, "{Listener} failed on {Fact}; it finds out by its next full pass")]
    private partial void LogFailed(Exception fault, string listener, string fact);
}
