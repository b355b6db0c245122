using System.Security.Cryptography;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Photos;

/// <summary>Where photos lie: <c>photos/</c> in the data folder, out of reach of every address of the server but those that ask who is asking.</summary>
internal sealed class PhotoFolder(DataFolder data)
{
    private readonly string _folder = data.Photos;

    /// <returns>Name of the file.</returns>
    public async Task<string> StoreAsync(byte[] jpeg, CancellationToken stop, string extension = ".jpg")
    {
        Directory.CreateDirectory(_folder);
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) + extension;
        await File.WriteAllBytesAsync(Path.Combine(_folder, name), jpeg, stop);
        return name;
    }

    /// <summary>Erases a photo's file; one that is gone already is no fault.</summary>
    public void Erase(string file)
    {
        if (File.Exists(Path.Combine(_folder, file)))
            File.Delete(Path.Combine(_folder, file));
    }

    /// <param name="file">As <see cref="StoreAsync"/> has named it.</param>
    public Outcome<Stream> Open(string file)
    {
        var path = Path.Combine(_folder, file);
        return File.Exists(path)
            ? File.OpenRead(path)
            : Refusal.Missing("photo-lost", $"The file photos/{file} is not in the data folder; restore it from the backup.");
    }
}
