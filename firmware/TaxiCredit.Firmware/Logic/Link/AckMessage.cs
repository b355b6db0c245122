using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Json;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ratings;

namespace TaxiCredit.Firmware.Logic.Link;

/// <summary>The server's word that it keeps incidents.</summary>
internal static class AckMessage
{
    /// <summary>Takes the message that passed the gate; one for another journal, or one that says nothing new, is no fault.</summary>
    /// <returns>A <see cref="Refusal"/> or 0.</returns>
    public static int Receive(FlatReader json, string journalId, Journal journal, Counters counters)
    {
        if (!json.TryGetString("journal", 16, 16, out string id) || !IsJournalId(id)) return Refusal.Form;
        if (!json.TryGetInteger("through", 0, uint.MaxValue, out long through)) return Refusal.Form;
        if (id != journalId || !journal.TryAcknowledge(through)) return Refusal.None;

        counters.Acknowledged = journal.Acknowledged;
        counters.Store();
        return Refusal.None;
    }

    private static bool IsJournalId(string id)
    {
        for (int i = 0; i < id.Length; i++)
        {
            if (Hex.ValueOf(id[i]) < 0 || (id[i] >= 'A' && id[i] <= 'F')) return false;
        }

        return true;
    }
}
