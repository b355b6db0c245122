namespace TaxiCredit.Dispatch.Data;

/// <summary>The folder of this installation: SQLite's file, keys, photos.</summary>
internal sealed record DataFolder(string Path)
{
    /// <summary>SQLite's file.</summary>
    public string DatabaseFile => System.IO.Path.Combine(Path, "dispatch.db");

    public string Photos => System.IO.Path.Combine(Path, "photos");

    /// <summary>Registers that somebody has sent and not yet carried out; what is older than a day is deleted.</summary>
    public string Registers => System.IO.Path.Combine(Path, "registers");

    /// <summary>Looks at files that are on their way into the audit log.</summary>
    public string Reads => System.IO.Path.Combine(Path, "reads");

    /// <summary>Private keys that sign checkpoints of the logs.</summary>
    public string LogKey => System.IO.Path.Combine(Path, "log.key");

    /// <summary>The last checkpoint of a log as this server signed it, beside the database and not in it.</summary>
    /// <param name="log"><c>city</c> or <c>audit</c>.</param>
    public string CheckpointOf(string log) => System.IO.Path.Combine(Path, $"{log}.checkpoint");

    /// <summary>Key ring of Data Protection.</summary>
    public string Keys => System.IO.Path.Combine(Path, "keys");
}
