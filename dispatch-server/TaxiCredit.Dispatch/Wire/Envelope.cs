using System.Buffers;
using System.Security.Cryptography;

namespace TaxiCredit.Dispatch.Wire;

/// <summary>64 lower-case hex digits of an HMAC-SHA256, a line feed, and the JSON that they sign.</summary>
internal static class Envelope
{
    /// <summary>Bytes of a payload, envelope included.</summary>
    public const int MaxBytes = 1_024;

    /// <summary>Greatest key epoch that a payload can be signed with.</summary>
    public const int LastEpoch = 65_535;

    /// <summary>Digits and line feed.</summary>
    public const int HeadBytes = 65;

    private const int HmacBytes = 32;

    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>The last will, and the only payload without an envelope.</summary>
    public static ReadOnlySpan<byte> Offline => "offline"u8;

    /// <exception cref="ArgumentException">The payload would be longer than <see cref="MaxBytes"/>.</exception>
    public static byte[] Sign(ReadOnlySpan<byte> json, ReadOnlySpan<byte> key)
    {
        if (json.Length > MaxBytes - HeadBytes)
            throw new ArgumentException($"A payload has room for {MaxBytes - HeadBytes} bytes of JSON, not {json.Length}.", nameof(json));
        var payload = new byte[HeadBytes + json.Length];
        WriteDigits(json, key, payload);
        payload[HeadBytes - 1] = (byte)'\n';
        json.CopyTo(payload.AsSpan(HeadBytes));
        return payload;
    }

    /// <summary>Length, form and MAC, before any parser sees a byte. The digits are compared in constant time.</summary>
    /// <param name="signedBy">Which of <paramref name="keys"/> signed; -1 with a refusal.</param>
    public static RefusedBecause? TryOpen(ReadOnlyMemory<byte> payload, ReadOnlySpan<byte[]> keys, out int signedBy, out ReadOnlyMemory<byte> json)
    {
        (signedBy, json) = (-1, default);
        if (payload.Length is <= HeadBytes or > MaxBytes)
            return RefusedBecause.Length;
        var bytes = payload.Span;
        if (bytes[HeadBytes - 1] != (byte)'\n' || bytes[..(HeadBytes - 1)].ContainsAnyExcept(Digits))
            return RefusedBecause.Form;
        Span<byte> expected = stackalloc byte[2 * HmacBytes];
        for (var i = 0; i < keys.Length; i++)
        {
            WriteDigits(bytes[HeadBytes..], keys[i], expected);
            if (CryptographicOperations.FixedTimeEquals(expected, bytes[..(HeadBytes - 1)]))
                signedBy = i;
        }
        if (signedBy < 0)
            return RefusedBecause.Mac;
        json = payload[HeadBytes..];
        return null;
    }

    private static void WriteDigits(ReadOnlySpan<byte> json, ReadOnlySpan<byte> key, Span<byte> digits)
    {
        Span<byte> mac = stackalloc byte[HmacBytes];
        HMACSHA256.HashData(key, json, mac);
        Convert.TryToHexStringLower(mac, digits, out _);
    }
}
