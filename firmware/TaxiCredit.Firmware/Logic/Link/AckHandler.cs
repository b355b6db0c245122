using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Json;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic.Link;

/// <summary>Takes the server's acknowledgements of incidents.</summary>
internal sealed class AckHandler
{
    private readonly Gate _gate;
    private readonly Identity _identity;
    private readonly Journal _journal;
    private readonly Counters _counters;

    public AckHandler(Gate gate, Identity identity, Journal journal, Counters counters)
    {
        _gate = gate;
        _identity = identity;
        _journal = journal;
        _counters = counters;
    }

    /// <summary>
    /// Takes the message that just passed the gate. One for another journal, or for incidents that are acknowledged already, is ignored
    /// and not refused.
    /// </summary>
    /// <returns>A <see cref="Refusal"/> or 0.</returns>
    public int Receive()
    {
        FlatReader json = _gate.Reader;
        if (!json.TryGetString("journal", 16, 16, out string id) || !WireText.IsLowerHex(id)) return Refusal.Form;
        if (!json.TryGetInteger("through", 0, uint.MaxValue, out long through)) return Refusal.Form;
        if (id != _identity.JournalId || !_journal.TryAcknowledge(through)) return Refusal.None;

        _counters.Acknowledged = _journal.Acknowledged;
        _counters.Store();
        return Refusal.None;
    }
}
