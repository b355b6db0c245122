using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Data;

/// <summary>What an installation must remember about itself and no feature owns.</summary>
[Chronicled]
internal sealed class Setting
{
    public const string BureauDate = "bureau-date";
    public const string City = "city";
    /// <summary>That cases of an earlier version were brought into the present life of a case.</summary>
    public const string CaseLife = "case-life";

    public const string Synthetic = "synthetic";

    public required string Name { get; init; }

    public string Value { get; set; } = "";
}
