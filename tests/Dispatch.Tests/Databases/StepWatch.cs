using System.Diagnostics;

namespace Dispatch.Tests.Databases;

/// <summary>Does something, once, when what the test itself calls tells of a step for the n-th time; tests that run beside it are not heard.</summary>
internal sealed class StepWatch : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private static readonly AsyncLocal<StepWatch?> Mine = new();

    private readonly List<IDisposable> _subscriptions = [];
    private readonly string _step;
    private readonly Action _act;
    private int _left;

    public StepWatch(string step, int number, Action act)
    {
        (_step, _left, _act) = (step, number, act);
        Mine.Value = this;
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "TaxiCredit.Dispatch")
            _subscriptions.Add(value.Subscribe(this, step => step == _step && Mine.Value == this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key != _step || Mine.Value != this || --_left != 0)
            return;
        Mine.Value = null;
        _act();
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());
}
