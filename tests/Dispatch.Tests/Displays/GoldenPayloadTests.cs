using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Wire;

namespace Dispatch.Tests.Displays;

/// <summary>tests/Contract from the server's side: what cabs send is judged as the manifest says, what the server sends is written byte by byte.</summary>
[TestClass]
public sealed class GoldenPayloadTests
{
    private static readonly string Folder = FindFolder();
    private static readonly JsonElement Manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "manifest.json"))).RootElement;
    private static readonly byte[] RootKey = Base64Url.DecodeFromChars(Manifest.GetProperty("rootKey").GetString());

    public static IEnumerable<object[]> Up => Cases().Where(c => Text(c, "direction") == "up").Select(c => new object[] { Text(c, "name") });

    public static IEnumerable<object[]> UpSequences => Sequences().Where(s => Text(s, "direction") == "up").Select(s => new object[] { Text(s, "name") });

    [TestMethod]
    public void Keys_OfTheManifest_AreDerived()
    {
        var keys = Manifest.GetProperty("keys").EnumerateArray().ToList();
        foreach (var key in keys)
        {
            var epoch = key.GetProperty("epoch").GetInt32();
            Assert.AreEqual(Text(key, "hex"), Convert.ToHexStringLower(DisplayKeys.DeriveKey(RootKey, Text(key, "purpose"), epoch)));
            if (key.TryGetProperty("password", out var password))
                Assert.AreEqual(password.GetString(), DisplayKeys.DerivePassword(RootKey, epoch));
        }

        Assert.IsGreaterThan(3, keys.Count);
    }

    [TestMethod]
    [DynamicData(nameof(Up))]
    public void Up_Case_IsJudgedAsTheManifestSays(string name)
    {
        var road = new ContractRoad(Text(Manifest, "display"), RootKey);
        var judged = Case(name);
        foreach (var before in judged.GetProperty("after").EnumerateArray())
            Assert.IsNull(road.Take(Message(Case(before.GetString()!))).Refused, $"{name} needs {before} to be taken");

        var (refused, batch) = road.Take(Message(judged));

        switch (Text(judged, "expect"))
        {
            case "accept":
                Assert.IsNull(refused);
                Assert.AreEqual(1, batch.Incidents.Count + batch.Reported.Count(twin => twin.Online));
                break;
            case "offline":
                Assert.IsNull(refused);
                Assert.IsFalse(batch.Reported.Single().Online);
                break;
            default:
                Assert.AreEqual(Text(judged, "reason"), refused);
                Assert.AreEqual(0, batch.Incidents.Count + batch.Reported.Count + batch.Superseded.Count);
                break;
        }
    }

    [TestMethod]
    [DynamicData(nameof(UpSequences))]
    public void Up_Sequence_GoesAsTheManifestSays(string name)
    {
        var sequence = Sequences().Single(s => Text(s, "direction") == "up" && Text(s, "name") == name);
        var road = new ContractRoad(Text(Manifest, "display"), RootKey, isAnnounced: sequence.TryGetProperty("announced", out _));
        var taken = 0;
        foreach (var step in sequence.GetProperty("steps").EnumerateArray())
        {
            var where = $"{name}, step {taken++}";
            var payload = step.TryGetProperty("will", out _)
                ? "offline"u8.ToArray()
                : Envelope.Sign(Encoding.UTF8.GetBytes(Text(step, "body")), DisplayKeys.DeriveKey(RootKey, "up", (int)Number(step, "epoch")));

            var (refused, batch) = road.Take(new(Text(step, "topic"), payload, DateTimeOffset.FromUnixTimeSeconds(1514822400 + Number(step, "at"))));

            Assert.AreEqual(step.TryGetProperty("reason", out var reason) ? reason.GetString() : null, refused, where);
            if (refused is null)
                Assert.AreEqual(Text(step, "expect") == "accept", batch.Incidents.Count + batch.Reported.Count(twin => twin.Online) == 1, where);
            if (step.TryGetProperty("answers", out var answers))
                Assert.AreEqual(answers.GetBoolean() ? 1 : 0, batch.Questions.Count, where);
        }

        Assert.IsGreaterThan(2, taken);
    }

    [TestMethod]
    [DataRow("rating-rated-0")]
    [DataRow("rating-rated-1")]
    [DataRow("rating-rated-2")]
    [DataRow("rating-rated-3")]
    [DataRow("rating-rated-4")]
    [DataRow("rating-unrated")]
    [DataRow("rating-vacant")]
    [DataRow("config-good")]
    [DataRow("config-next-epoch")]
    [DataRow("cmd-selftest")]
    [DataRow("cmd-identify")]
    [DataRow("cmd-reboot")]
    [DataRow("ack-some")]
    [DataRow("ack-nonce")]
    [DataRow("rating-bounds-last")]
    [DataRow("config-rev-last")]
    [DataRow("cmd-bounds-last")]
    public void Down_Case_IsWrittenByteByByte(string name)
    {
        var golden = File.ReadAllBytes(FileOf(Case(name)));
        var of = JsonDocument.Parse(golden.AsMemory(65)).RootElement;

        var written = Envelope.Sign(Write(name, of), DisplayKeys.Derive(RootKey, 1).Down);

        CollectionAssert.AreEqual(golden, written);
    }

    private static byte[] Write(string name, JsonElement of)
    {
        var (display, now) = (Text(Manifest, "display"), Number(of, "now"));
        return name[..name.IndexOf('-', StringComparison.Ordinal)] switch
        {
            "rating" => DownMessages.Rating(display, Number(of, "rev"), now, RatingOf(of)),
            "config" => DownMessages.Config(display, Number(of, "rev"), now, new(
                (int)Number(of, "heartbeat"), (int)Number(of, "day"), (int)Number(of, "night"), (int)Number(of, "dayLux"), (int)Number(of, "nightLux"),
                null, null, (int)Number(of, "epoch"))),
            "cmd" => DownMessages.Command(display, Number(of, "rev"), now, Text(of, "do"), Number(of, "exp")),
            _ => DownMessages.IncidentsAck(display, now, Text(of, "journal"), Number(of, "through"),
                of.TryGetProperty("nonce", out var nonce) ? nonce.GetString() : null),
        };
    }

    private static RatingContent RatingOf(JsonElement of) => Text(of, "kind") switch
    {
        "vacant" => RatingContent.Vacant,
        "unrated" => new(RatingKind.Unrated, Driver: Text(of, "driver"), From: Number(of, "from"), Until: Number(of, "until")),
        _ => new(
            RatingKind.Rated, (int)Number(of, "stars"), Text(of, "period"), Text(of, "driver"), Number(of, "from"), Number(of, "until"),
            IsSole: Number(of, "hold") != RatingContent.SharedHold),
    };

    private static JsonElement.ArrayEnumerator Sequences() => Manifest.GetProperty("sequences").EnumerateArray();

    private static JsonElement.ArrayEnumerator Cases() => Manifest.GetProperty("cases").EnumerateArray();

    private static JsonElement Case(string name) => Cases().Single(c => Text(c, "name") == name);

    private static string FileOf(JsonElement of) => Path.Combine(Folder, Text(of, "file"));

    private static CabMessage Message(JsonElement of) =>
        new(Text(of, "topic"), File.ReadAllBytes(FileOf(of)), DateTimeOffset.FromUnixTimeSeconds(Number(of, "clock")));

    private static string Text(JsonElement of, string field) => of.GetProperty(field).GetString()!;

    private static long Number(JsonElement of, string field) => of.GetProperty(field).GetInt64();

    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var contract = Path.Combine(folder.FullName, "tests", "Contract");
            if (File.Exists(Path.Combine(contract, "manifest.json")))
                return contract;
        }

        throw new DirectoryNotFoundException("tests/Contract lies above no folder of this test.");
    }
}
