using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>Authenticator codes: six digits by HMAC-SHA-1 from the number of a time step (RFC 6238, RFC 4226).</summary>
internal static class Totp
{
    private const int StepSeconds = 30;

    /// <summary>
    /// Steps before and after the present one whose codes are accepted, because clocks differ and typing takes time. RFC 6238, section 5.2, advises no
    /// more.
    /// </summary>
    private const int Tolerance = 1;

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The time step of a code, counted from 1970; null if no step that is accepted at <paramref name="now"/> has this code.</summary>
    /// <param name="key">Base32, as the authenticator was given it.</param>
    public static long? StepOf(string code, string key, DateTimeOffset now)
    {
        var secret = Decode(key);
        var present = now.ToUnixTimeSeconds() / StepSeconds;
        for (var step = present + Tolerance; step >= present - Tolerance; step--)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(code), Encoding.UTF8.GetBytes(CodeOf(step, secret))))
                return step;
        }

        return null;
    }

    private static string CodeOf(long step, byte[] secret)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // SHA-1 is what every authenticator app computes; HMAC does not need it to be free of collisions (RFC 6151, RFC 4226).
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & 0x7FFF_FFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Decode(string base32)
    {
        var secret = new byte[base32.Length * 5 / 8];
        for (int i = 0, buffer = 0, bits = 0, at = 0; at < secret.Length; i++)
        {
            buffer = (buffer << 5 | Alphabet.IndexOf(base32[i], StringComparison.Ordinal)) & 0xFFF;
            bits += 5;
            if (bits < 8)
                continue;
            bits -= 8;
            secret[at++] = (byte)(buffer >> bits);
        }

        return secret;
    }
}
