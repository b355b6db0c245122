using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Features.Photos;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>
/// A photo that came with a case: with a report on a peer, or with praise. What came with a passenger's report stays with that report. The picture
/// lies in the data folder, <see cref="PhotoFolder"/>.
/// </summary>
[Chronicled]
internal sealed class CasePhoto
{
    public required long CaseId { get; init; }

    /// <summary>32 random hex digits and <c>.jpg</c>.</summary>
    public required string File { get; init; }

    /// <summary>Bytes of the file.</summary>
    public required int Size { get; init; }
}

/// <summary>A report is put on the bureau's desk together with a photo.</summary>
/// <param name="Photo">As <see cref="PhotoReader"/> has re-encoded it; null for none.</param>
/// <param name="Key">Idempotency key; null for none.</param>
internal sealed record RecordWithPhoto(RecordCase Case, byte[]? Photo, string? Key = null)
{
    /// <summary>Runs as <see cref="RecordCase"/>. The photo's file is written before the commit: at worst a file is left that nothing names.</summary>
    public static Task<Outcome<Case>> HandleAsync(RecordWithPhoto command, OperationContext context, PhotoFolder photos, CancellationToken stop) =>
        RecordCase.RunAsync(command.Case, RecordCase.Once(command.Key, context, stop, command.Case, command.Photo), async report =>
        {
            if (command.Photo is { } photo)
                context.Db.CasePhotos.Add(new CasePhoto { CaseId = report.Id, File = await photos.StoreAsync(photo, stop), Size = photo.Length });
        }, context, stop);
}

/// <summary>
/// Somebody at the bureau looks at the photo that came with a case. The audit log says who did; no driver can, neither who is reported nor who
/// reported.
/// </summary>
internal sealed record ReadCasePhoto(string Actor)
{
    private static readonly OperationRule Rule = new("read-photo", Permission.ReadCases);

    public static Task<Outcome<Stream>> HandleAsync(
        string number, ReadCasePhoto command, OperationContext context, PhotoFolder photos, CancellationToken stop) =>
        context.ReadAsync<Stream>(Rule, command.Actor, null, async _ =>
        {
            if (await context.Db.Cases.Where(c => c.Number == number).Select(c => (long?)c.Id).SingleOrDefaultAsync(stop) is not { } id)
                return CaseQueue.Unknown(number);
            if (await context.Db.CasePhotos.AsNoTracking().SingleOrDefaultAsync(p => p.CaseId == id, stop) is not { } photo)
                return Refusal.Missing("photo-none", $"No photo came with {number}.");

            var found = photos.Open(photo.File);
            return found.Refusal is null ? Done.With(found.Value, number) : found.Refusal;
        }, stop);
}
