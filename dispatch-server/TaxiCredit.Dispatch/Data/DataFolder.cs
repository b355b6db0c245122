namespace TaxiCredit.Dispatch.Data;

/// <summary>The folder of this installation: SQLite's file, keys, photos.</summary>
internal sealed record DataFolder(string Path)
{
    /// <summary>SQLite's file.</summary>
    public string DatabaseFile => System.IO.Path.Combine(Path, "dispatch.db");

    public string Photos => System.IO.Path.Combine(Path, "photos");

    /// <summary>Key ring of Data Protection.</summary>
    public string Keys => System.IO.Path.Combine(Path, "keys");
}
