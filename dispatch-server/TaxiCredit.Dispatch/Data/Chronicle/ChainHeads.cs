namespace TaxiCredit.Dispatch.Data.Chronicle;

/// <summary>Where the chains end, read and moved by each save.</summary>
internal static class ChainHeads
{
    /// <summary>Where a chain ends; null before its first link was recorded.</summary>
    public static async Task<(long Sequence, string Hash)?> EndAsync(this DispatchContext db, string chain, CancellationToken stop)
    {
        (long, string)? end = null;
        await db.ReadAsync(
            """SELECT "Sequence", "Hash" FROM "ChainHeads" WHERE "Name" = @chain""", head => end = (head.GetInt64(0), head.GetString(1)), stop,
            ("@chain", chain));
        return end;
    }

    /// <summary>Call inside a write transaction.</summary>
    public static Task MoveEndAsync(this DispatchContext db, string chain, long sequence, string hash, CancellationToken stop) => db.ChangeAsync(
        """
        INSERT INTO "ChainHeads" ("Name", "Sequence", "Hash") VALUES (@chain, @sequence, @hash)
        ON CONFLICT ("Name") DO UPDATE SET "Sequence" = excluded."Sequence", "Hash" = excluded."Hash"
        """,
        stop, ("@chain", chain), ("@sequence", sequence), ("@hash", hash));
}
