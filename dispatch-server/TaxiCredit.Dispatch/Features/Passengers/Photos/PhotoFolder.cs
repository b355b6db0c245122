using System.Security.Cryptography;
using TaxiCredit.Dispatch.Features.Passengers.Reports;

namespace TaxiCredit.Dispatch.Features.Passengers.Photos;

/// <summary>Where photos lie: <c>photos/</c> in the data folder, out of reach of every address of the server but the one that asks who is asking.</summary>
internal sealed class PhotoFolder(DispatchOptions options)
{
    private readonly string _folder = Path.Combine(options.Data, "photos");

    /// <returns>Name of the file.</returns>
    public async Task<string> StoreAsync(byte[] jpeg, CancellationToken stop)
    {
        Directory.CreateDirectory(_folder);
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) + ".jpg";
        await File.WriteAllBytesAsync(Path.Combine(_folder, name), jpeg, stop);
        return name;
    }

    /// <summary>Erases a photo's file; one that is gone already is no fault.</summary>
    public void Erase(string file)
    {
        if (File.Exists(Path.Combine(_folder, file)))
            File.Delete(Path.Combine(_folder, file));
    }

    public Outcome<Stream> Open(ReportPhoto photo)
    {
        var path = Path.Combine(_folder, photo.File);
        return File.Exists(path)
            ? File.OpenRead(path)
            : Refusal.Missing("photo-lost", $"The file photos/{photo.File} is not in the data folder; restore it from the backup.");
    }
}
