namespace TaxiCredit.Dispatch.Features.Exchange.Csv;

/// <summary>Something in a file that keeps all of it from being stored.</summary>
/// <param name="File">Name of the file, without its folder.</param>
/// <param name="Line">Line on which the record begins, from 1; 0 where the file as a whole is meant.</param>
/// <param name="Column">Name of the column, with its number from 1; empty where the whole line is meant.</param>
/// <param name="Value">What stands there, cut after 80 characters.</param>
/// <param name="Expected">What is expected in its place.</param>
internal sealed record Fault(string File, long Line, string Column, string Value, string Expected)
{
    private const int LongestValue = 80;

    public override string ToString()
    {
        var place = Line == 0 ? File : $"{File}:{Line}";
        var value = Value.Length <= LongestValue ? Value : Value[..LongestValue] + "…";
        return $"{place}: {(Column.Length == 0 ? "" : Column + ": ")}'{value.ReplaceLineEndings("\\n")}': expected {Expected}";
    }
}

/// <summary>The faults of an import, in the order in which they were found.</summary>
internal sealed class Faults
{
    /// <summary>After so many the reading stops: whoever mends these will run the import again anyway.</summary>
    public const int Most = 1_000;

    private readonly List<Fault> _found = [];

    public IReadOnlyList<Fault> Found => _found;

    public bool Any => _found.Count > 0;

    public bool Enough => _found.Count >= Most;

    public void Add(Fault fault)
    {
        if (!Enough)
            _found.Add(fault);
    }
}
