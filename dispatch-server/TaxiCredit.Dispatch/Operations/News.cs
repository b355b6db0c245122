using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>A row about a driver that may have changed in a way that the driver is told of: a decision, a ruling, a notice.</summary>
internal interface IHasNews
{
    int DriverId { get; }

    /// <summary>Something has become known to the driver since the row was loaded, and not by the driver's own doing.</summary>
    bool HasNews { get; }

    /// <summary>It was told, or is old.</summary>
    void Told();
}

/// <summary>Tells drivers that there is something for them; the feature that sends messages knows how.</summary>
internal interface IDriverMessages
{
    /// <summary>Stores the messages with the change that they tell of. Call inside its transaction, before it is saved.</summary>
    Task TellAsync(DispatchContext db, CancellationToken stop);
}
