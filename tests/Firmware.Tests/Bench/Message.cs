using System.Security.Cryptography;
using System.Text;

namespace Firmware.Tests.Bench;

/// <summary>Messages of the server, made without the logic's own envelope.</summary>
internal static class Message
{
    public const string Prefix = "tc/v1/d/" + TestCab.Id + "/";
    public const string RatingTopic = Prefix + "rating";
    public const string ConfigTopic = Prefix + "config";
    public const string CmdTopic = Prefix + "cmd";
    public const string AckTopic = Prefix + "incidents/ack";

    public static byte[] Rated(int stars, long rev = TestCab.Epoch, long hold = 3024000, int epoch = 1, long? now = null, long? until = null) => Seal(
        RatingTopic,
        $"\"rev\":{rev},\"now\":{now ?? TestCab.Epoch},\"kind\":\"rated\",\"stars\":{stars},\"period\":\"2017-12\",{Signed(until)},\"hold\":{hold}",
        epoch);

    /// <summary>A rating of any kind with every date given, signed at <paramref name="now"/>.</summary>
    public static byte[] Dated(string kind, int stars, long rev, long now, long from, long until, long hold)
    {
        string dates = kind == "vacant" ? "" : $",\"driver\":\"d-0001\",\"from\":{from},\"until\":{until}";
        string rated = kind == "rated" ? $",\"stars\":{stars},\"period\":\"2017-12\",\"hold\":{hold}" : "";
        return Seal(RatingTopic, $"\"rev\":{rev},\"now\":{now},\"kind\":\"{kind}\"{dates}{rated}");
    }

    public static byte[] Unrated(long rev = TestCab.Epoch) =>
        Seal(RatingTopic, $"\"rev\":{rev},\"now\":{TestCab.Epoch},\"kind\":\"unrated\",{Signed(null)}");

    public static byte[] Vacant(long rev = TestCab.Epoch) =>
        Seal(RatingTopic, $"\"rev\":{rev},\"now\":{TestCab.Epoch},\"kind\":\"vacant\"");

    /// <param name="rev">Revision.</param>
    /// <param name="heartbeat">Seconds.</param>
    /// <param name="announced">Epoch in the message.</param>
    /// <param name="epoch">Epoch of the key that signs it.</param>
    /// <param name="day">Duty in daylight, ‰.</param>
    /// <param name="servers">Further fields, with the comma before them.</param>
    public static byte[] Config(long rev = TestCab.Epoch, int heartbeat = 60, int announced = 1, int epoch = 1, int day = 1000, string servers = "") => Seal(
        ConfigTopic,
        $"\"rev\":{rev},\"now\":{TestCab.Epoch},\"heartbeat\":{heartbeat},"
        + $"\"day\":{day},\"night\":20,\"dayLux\":2000,\"nightLux\":5,\"epoch\":{announced}{servers}",
        epoch);

    public static byte[] Command(string name, long rev = TestCab.Epoch, long? exp = null) =>
        Seal(CmdTopic, $"\"rev\":{rev},\"now\":{TestCab.Epoch},\"do\":\"{name}\",\"exp\":{exp ?? TestCab.Epoch + 86400}");

    public static byte[] Ack(string journal, long through, int epoch = 1, long? now = null, string? nonce = null) => Seal(
        AckTopic,
        $"\"now\":{now ?? TestCab.Epoch},\"journal\":\"{journal}\",\"through\":{through}{(nonce == null ? "" : $",\"nonce\":\"{nonce}\"")}",
        epoch);

    public static byte[] Seal(string topic, string fields, int epoch = 1)
    {
        byte[] body = Encoding.UTF8.GetBytes($"{{\"v\":1,\"topic\":\"{topic}\",{fields}}}");
        return Sign(body, epoch);
    }

    private static string Signed(long? until) =>
        $"\"driver\":\"d-0001\",\"from\":{TestCab.Epoch},\"until\":{until ?? TestCab.Epoch + 3024000}";

    /// <summary>Any bytes, signed as the server signs.</summary>
    public static byte[] Sign(byte[] body, int epoch = 1)
    {
        byte[] key = HMACSHA256.HashData(TestCab.RootKey, Encoding.ASCII.GetBytes($"down|{epoch}"));
        return [.. Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(key, body)) + "\n"), .. body];
    }
}
