using TaxiCredit.Dispatch.Features.Photos;

namespace TaxiCredit.Dispatch.Features.Cases.Hearing;

/// <summary>Reads what a driver sends with an answer: a photo, re-encoded as every photo is, or a PDF as it came.</summary>
internal static class EvidenceReader
{
    public static async Task<(EvidenceFile? File, PhotoFault? Fault)> ReadAsync(IFormFile? upload, PhotoReader photos, CancellationToken stop)
    {
        if (upload is not { FileName.Length: > 0 })
            return (null, null);
        if (upload.Length > PhotoReader.LargestFile)
            return (null, PhotoFault.TooLarge);
        // What it is, its first bytes say, never its name or its claimed type.
        var bytes = new byte[upload.Length];
        await using (var content = upload.OpenReadStream())
            await content.ReadExactlyAsync(bytes, stop);
        if (bytes.AsSpan().StartsWith("%PDF-"u8))
            return (new(bytes, ".pdf"), null);
        var (jpeg, fault) = await photos.ReadAsync(upload, stop);
        return (jpeg is null ? null : new(jpeg, ".jpg"), fault);
    }
}
