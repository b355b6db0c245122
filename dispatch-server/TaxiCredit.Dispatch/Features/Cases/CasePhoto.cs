using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Photos;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>
/// A photo that came with a case: with a report on a peer, or with praise. What came with a passenger's report stays with that report. The picture
/// lies in the data folder, <see cref="PhotoFolder"/>.
/// </summary>
internal sealed class CasePhoto
{
    public required long CaseId { get; init; }

    /// <summary>32 random hex digits and <c>.jpg</c>.</summary>
    public required string File { get; init; }

    /// <summary>Bytes of the file.</summary>
    public required int Size { get; init; }
}

/// <summary>A report is put on the bureau's desk together with a photo.</summary>
/// <param name="Photo">As <see cref="PhotoReader"/> has written it anew; null for none.</param>
internal sealed record RecordWithPhoto(RecordCase Case, byte[]? Photo)
{
    /// <summary>The photo's file is written before the commit: at worst a file is left that nothing names.</summary>
    public static async Task<Outcome<Case>> HandleAsync(RecordWithPhoto command, OperationContext context, PhotoFolder photos, CancellationToken stop)
    {
        await using var write = await context.Db.BeginWriteAsync(stop);
        var recorded = await RecordCase.HandleAsync(command.Case, context, stop);
        if (recorded.Refusal is not null)
            return recorded;
        if (command.Photo is { } photo)
            context.Db.CasePhotos.Add(new CasePhoto { CaseId = recorded.Value.Id, File = await photos.StoreAsync(photo, stop), Size = photo.Length });
        await write.SaveAsync(stop);
        return recorded;
    }
}

/// <summary>Somebody at the bureau looks at the photo that came with a case. The audit log says who did; no driver can, neither who is reported nor who reported.</summary>
internal sealed record ReadCasePhoto(string Actor)
{
    public static async Task<Outcome<Stream>> HandleAsync(string number, ReadCasePhoto command, OperationContext context, PhotoFolder photos, CancellationToken stop)
    {
        if ((await context.MayAsync(command.Actor, Permission.ReadCases, null, stop)).Refusal is { } forbidden)
            return forbidden;
        if (await context.Db.Cases.Where(c => c.Number == number).Select(c => (long?)c.Id).SingleOrDefaultAsync(stop) is not { } id)
            return CaseQueue.Unknown(number);
        if (await context.Db.CasePhotos.AsNoTracking().SingleOrDefaultAsync(p => p.CaseId == id, stop) is not { } photo)
            return Refusal.Missing("photo-none", $"No photo came with {number}.");

        var found = photos.Open(photo.File);
        if (found.Refusal is null)
        {
            context.Record(command.Actor, "read-photo", number);
            await context.Db.SaveChangesAsync(stop);
        }

        return found;
    }
}
