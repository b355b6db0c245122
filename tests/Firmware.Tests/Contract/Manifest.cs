using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Firmware.Tests.Contract;

internal sealed record GoldenKey(string Purpose, int Epoch, string Hex, string? Password);

internal sealed record GoldenCase(
    string Name,
    string File,
    string Direction,
    string Topic,
    long Clock,
    string[] After,
    string Expect,
    string? Reason,
    string? Lit,
    string? Journal,
    uint Newest,
    uint Acknowledged);

internal sealed record GoldenStep(
    long At,
    string? Do,
    string? Topic,
    string? Body,
    int Epoch,
    bool Reuse,
    string? Expect,
    string? Reason,
    string? Lit,
    long? Clock,
    int? EpochNow,
    int? Batches,
    bool? Backlog);

internal sealed record GoldenSequence(string Name, string Direction, long Chip, GoldenStep[] Steps);

internal sealed record Manifest(string RootKey, string Display, int Epoch, GoldenKey[] Keys, GoldenCase[] Cases, GoldenSequence[] Sequences)
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(Here(), "../../Contract"));

    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web);

    public static Manifest Golden { get; } =
        JsonSerializer.Deserialize<Manifest>(System.IO.File.ReadAllText(Path.Combine(Folder, "manifest.json")), Names)!;

    public static byte[] Payload(GoldenCase golden) => System.IO.File.ReadAllBytes(Path.Combine(Folder, golden.File));

    public static GoldenCase Named(string name) => Golden.Cases.Single(c => c.Name == name);

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
