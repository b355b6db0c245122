using System.Data.Common;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.Verification;

/// <summary>What a verification has found, told line by line as it is found.</summary>
internal sealed class Findings(DispatchContext db, Action<string> say)
{
    /// <summary>So many differences are told, the others are counted: a table that was deleted differs in every row.</summary>
    public const int Most = 200;

    private const int LongestValue = 120;
    private const string Savepoint = "checked";

    public long Differences { get; private set; }

    public void Holds(string line) => say(line);

    /// <param name="key">Which row, as people write it; <c>-</c> for the table as a whole.</param>
    public void Differs(string table, string key, string what, object? expected, object? found)
    {
        if (++Differences <= Most)
            say($"DIFFERS {Shown(table)} {Shown(key)}: {what}, expected {Shown($"{expected ?? "null"}")}, found {Shown($"{found ?? "null"}")}");
    }

    public void End()
    {
        if (Differences > Most)
            say($"and {Differences - Most} differences more");
    }

    /// <summary>Runs a check that reads values as the types that they should have; one of another type is a difference, and the next check goes on.</summary>
    public async Task RunAsync(string table, string key, Func<Task> check, CancellationToken stop)
    {
        var transaction = db.Database.CurrentTransaction!;
        await transaction.CreateSavepointAsync(Savepoint, stop);
        try
        {
            await check();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Told as a difference: whatever stands in the database, a verification ends with a verdict.
            await transaction.RollbackToSavepointAsync(Savepoint, stop);
            Differs(table, key, "reading it", "values of their types", (fault as DbException ?? fault.GetBaseException()).Message);
        }

        await transaction.ReleaseSavepointAsync(Savepoint, stop);
    }

    /// <summary>One line, whatever stands in the database.</summary>
    private static string Shown(string value)
    {
        var cut = value.Length > LongestValue ? value[..LongestValue] + "…" : value;
        return string.Concat(cut.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '·' : c));
    }
}
