using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Sheets;

namespace TaxiCredit.Dispatch.Features.Registers;

/// <summary>A register that was sent.</summary>
/// <param name="Name">Of the file, as its sender had it.</param>
/// <param name="IsWhole">As its sender has said; see <see cref="RegisterChoice"/>.</param>
internal sealed record SentRegister(string Id, string Name, string By, DateTimeOffset At, bool IsWhole);

/// <summary>Where registers lie between being sent and being carried out: <c>registers/</c> in the data folder, for a day.</summary>
internal sealed partial class RegisterFolder(DataFolder data)
{
    private const int MaxName = 100;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>Keeps a file; what is older than a day goes.</summary>
    public async Task<SentRegister> KeepAsync(byte[] content, string name, bool isWhole, string by, DateTimeOffset now, CancellationToken stop)
    {
        Directory.CreateDirectory(data.Registers);
        foreach (var old in new DirectoryInfo(data.Registers).EnumerateFiles().Where(file => file.LastWriteTimeUtc < now.UtcDateTime - Kept))
            old.Delete();
        var plain = string.Concat(Path.GetFileName(name.Replace('\\', '/')).Where(c => !char.IsControl(c)));
        var sent = new SentRegister(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), plain.Length > MaxName ? plain[^MaxName..] : plain, by, now, isWhole);
        await WriteAsync(PathOf(sent.Id, "table"), content, now, stop);
        await WriteAsync(PathOf(sent.Id, "json"), JsonSerializer.SerializeToUtf8Bytes(sent), now, stop);
        return sent;
    }

    public async Task<Outcome<(SentRegister Sent, Workbook Book)>> OpenAsync(string id, CancellationToken stop)
    {
        if (!Id().IsMatch(id) || !File.Exists(PathOf(id, "json")))
            return Refusal.Missing("register-gone", "This register is not here any more: it was carried out, or is older than a day. Send it again.");
        var sent = JsonSerializer.Deserialize<SentRegister>(await File.ReadAllBytesAsync(PathOf(id, "json"), stop))!;
        var book = WorkbookReader.Read(await File.ReadAllBytesAsync(PathOf(id, "table"), stop));
        return book.Refusal is null ? (sent, book.Value) : book.Refusal;
    }

    public void Delete(string id)
    {
        File.Delete(PathOf(id, "json"));
        File.Delete(PathOf(id, "table"));
    }

    /// <summary>Dated by the server's clock, which a test may have set.</summary>
    private static async Task WriteAsync(string path, byte[] content, DateTimeOffset now, CancellationToken stop)
    {
        await File.WriteAllBytesAsync(path, content, stop);
        File.SetLastWriteTimeUtc(path, now.UtcDateTime);
    }

    private string PathOf(string id, string form) => Path.Combine(data.Registers, $"{id}.{form}");

    [GeneratedRegex("^[0-9a-f]{32}$")]
    private static partial Regex Id();
}
