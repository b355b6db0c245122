namespace TaxiCredit.Dispatch.Features.Exchange.Csv;

/// <summary>Where the cells of a record stand, when the file has gone on: the record is judged beside another file.</summary>
/// <param name="places">By column, what a fault there says, but for what is expected.</param>
internal sealed class KeptLine(IReadOnlyDictionary<string, Fault> places, Faults faults)
{
    public void Fault(string column, string expected) => faults.Add(places[column] with { Expected = expected });
}
