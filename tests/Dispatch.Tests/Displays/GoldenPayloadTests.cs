using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Reports;
using TaxiCredit.Dispatch.Features.Displays.Twins;
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
        var road = new Road();
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

    /// <summary>The way of a message from the inbox to the twin, without broker and database.</summary>
    private sealed class Road
    {
        private readonly TwinBoard _board;
        private readonly RefusedCounts _refused;
        private readonly ReportReader _reader;

        public Road()
        {
            var services = new ServiceCollection().AddLogging().AddMetrics().AddSingleton(TimeProvider.System)
                .AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider())
                .AddSingleton<RootKeySeal>().AddSingleton<DisplayRegistry>()
                .AddSingleton<ICabIdentities>(all => all.GetRequiredService<DisplayRegistry>()).AddSingleton<RefusedCounts>()
                .AddSingleton<TwinBoard>().AddSingleton<ReportReader>().BuildServiceProvider();
            services.GetRequiredService<DisplayRegistry>().Put(new Display
            {
                Id = 1,
                Code = Text(Manifest, "display"),
                CabId = 1,
                SealedRootKey = services.GetRequiredService<RootKeySeal>().Seal(RootKey),
                PasswordSha256 = DisplayKeys.Derive(RootKey, 1).PasswordSha256,
                ProvisionedAt = DateTimeOffset.UnixEpoch,
            });
            (_board, _refused, _reader) =
                (services.GetRequiredService<TwinBoard>(), services.GetRequiredService<RefusedCounts>(), services.GetRequiredService<ReportReader>());
        }

        /// <summary>The reason of a refusal as the manifest calls it: for it a superseded journal is old.</summary>
        public (string? Refused, ReportBatch Batch) Take(CabMessage message)
        {
            var batch = _reader.Read([message]);
            _board.PutReported(batch.Reported);
            var reason = _refused.Of(null).Keys.SingleOrDefault();
            return (reason == "superseded" ? "old" : reason, batch);
        }
    }
}
