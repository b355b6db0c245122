using System.Diagnostics.Metrics;
using TaxiCredit.Dispatch.Mqtt;

namespace Dispatch.Tests.Displays;

/// <summary>Looks again whenever the server counts a refusal.</summary>
internal sealed class RefusedListener : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly TaskCompletionSource _so = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<bool> _isSo = () => false;

    public RefusedListener(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == RefusedCounts.MeterName && instrument.Meter.Scope == meters)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, _, _, _) => Look());
        _listener.Start();
    }

    public Task UntilAsync(Func<bool> isSo)
    {
        _isSo = isSo;
        Look();
        return _so.Task;
    }

    public void Dispose() => _listener.Dispose();

    private void Look()
    {
        if (_isSo())
            _so.TrySetResult();
    }
}
