using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>What operations below the close must know of months that are closed. The close itself answers it.</summary>
internal interface IClosedMonths
{
    /// <summary>Last day of the newest published month; null while none is published.</summary>
    Task<DateOnly?> ThroughAsync(DispatchContext db, CancellationToken stop);

    /// <summary>Last day of the newest month that has a close, published or not; null while none has.</summary>
    Task<DateOnly?> BegunThroughAsync(DispatchContext db, CancellationToken stop);

    /// <summary>Which text of a rulebook each close was begun with: SHA-256, by <c>2017-12, revision 1</c>.</summary>
    Task<List<(string Close, string Sha256)>> RulebooksAsync(DispatchContext db, CancellationToken stop);
}
