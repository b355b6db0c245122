using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Dispatch.Tests.Accounts;

/// <summary>The app on a person's phone: codes of six digits by RFC 6238.</summary>
internal static class Authenticator
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <param name="ahead">Steps of 30 seconds from now: a second code without waiting for it. The server takes one before and one after its own.</param>
    public static string CodeOf(string key, int ahead = 0)
    {
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30 + ahead);
#pragma warning disable CA5350 // RFC 6238 as every authenticator app has it.
        var hash = HMACSHA1.HashData(Decode(key), counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & 0x7FFF_FFFF;
        return $"{number % 1_000_000:D6}";
    }

    private static byte[] Decode(string base32)
    {
        var bits = string.Concat(base32.TrimEnd('=').Select(letter => Convert.ToString(Alphabet.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(eight => eight.Length == 8).Select(eight => Convert.ToByte(new string(eight), 2))];
    }
}
