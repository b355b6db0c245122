using System.Globalization;
using TaxiCredit.Hardware.Generate.Netlist;

namespace TaxiCredit.Hardware.Tests.Values;

/// <summary>One change of one part: a tenth or ten times of its value, or the part left out.</summary>
/// <param name="Change">"x0.1", "x10" or "removed".</param>
internal sealed record Mutation(string Reference, string Change)
{
    /// <summary>Every change of every part that is bought. Values are changed where they are quantities; all parts are left out once.</summary>
    public static IEnumerable<Mutation> All(Board board) =>
        from part in board.Components.Values.OrderBy(part => part.Reference, StringComparer.Ordinal)
        where part.InBom
        from change in HasQuantity(part.Reference) ? new[] { "x0.1", "x10", "removed" } : ["removed"]
        select new Mutation(part.Reference, change);

    public Board Apply(Board board) => Change == "removed" ? board.Without(Reference) : board.With(Reference, Changed(board.Components[Reference].Value));

    public override string ToString() => $"{Reference} {Change}";

    private static bool HasQuantity(string reference) => reference[0] is 'R' or 'C' or 'L' && char.IsDigit(reference[1]);

    private string Changed(string value) =>
        (Quantity.Read(value) * (Change == "x10" ? 10 : 0.1)).ToString("R", CultureInfo.InvariantCulture);
}
