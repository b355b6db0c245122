using System.Text.Json;
using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Provisioning;
using TaxiCredit.Firmware.Logic.Wire;

namespace Firmware.Tests.World;

/// <summary>What the coverage-guided loop feeds: each takes any bytes, and throws when something is wrong.</summary>
internal static class FuzzTargets
{
    /// <summary>Inputs for one cab: a revision that is high enough locks the door behind it.</summary>
    private const int InputsPerCab = 40;

    private static readonly string[] Topics = [Message.RatingTopic, Message.ConfigTopic, Message.CmdTopic, Message.AckTopic];
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static TestCab _cab = new();
    private static int _left;

    /// <summary>A <c>config.json</c>.</summary>
    public static void Config(byte[] input)
    {
        UnitConfig? config = UnitConfig.Read(input, out string faults);
        Assert.AreEqual(config == null, faults.Length > 0);
        if (config == null) return;
        JsonElement json = Parse(input);
        Assert.AreEqual(json.GetProperty("id").GetString(), config.DisplayId);
        Assert.AreEqual(json.GetProperty("port").GetInt64(), config.Port);
        Assert.HasCount(32, config.RootKey);
    }

    /// <summary>A body with a valid MAC; its first byte chooses the topic. What is accepted must mean the same to another reader.</summary>
    public static void Signed(byte[] input)
    {
        if (input.Length is 0 or > 1024 - 65) return;
        if (_left-- == 0) Renew();
        string topic = Topics[input[0] % Topics.Length];
        byte[] body = input[1..];
        int refusal = _cab.Unit.Inbound.Receive(topic, Message.Sign(body), _cab.Now);
        if (refusal == Refusal.None) Assert.AreEqual(topic, Parse(body).GetProperty("topic").GetString());
        if (refusal == Refusal.None && topic == Message.RatingTopic) AssertShows(Parse(body));
    }

    private static void Renew()
    {
        _cab = new TestCab().Start();
        _left = InputsPerCab;
    }

    private static void AssertShows(JsonElement rating)
    {
        bool isRated = rating.GetProperty("kind").GetString() == "rated";
        Assert.AreEqual(rating.GetProperty("rev").GetInt64(), _cab.Unit.Ratings.Rev);
        Assert.AreEqual(isRated ? rating.GetProperty("stars").GetInt32() : 0, _cab.Unit.Ratings.Stars);
        int content = _cab.Unit.Ratings.Content(_cab.Unit.Clock, _cab.Now);
        Assert.IsTrue(isRated || content is Signal.Unrated or Signal.Vacant or Signal.Expired);
    }

    private static JsonElement Parse(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes, Strict);
        return document.RootElement.Clone();
    }
}
