using System.Security.Cryptography;
using TaxiCredit.Firmware.Logic.Binary;

namespace TaxiCredit.Firmware.Logic.Wire;

/// <summary>
/// <c>64 hex digits of the MAC, LF, JSON</c>. MACs are compared in constant time.
/// </summary>
internal static class Envelope
{
    /// <summary>Bytes before the JSON.</summary>
    public const int Prefix = 65;

    public const int MacSize = 32;
    public const int MaxBytes = 1024;

    /// <summary>The shortest payload: the prefix and "{}".</summary>
    public const int MinBytes = Prefix + 2;

    /// <summary>Checks length and form, and reads the MAC.</summary>
    /// <returns>A <see cref="Refusal"/> or 0.</returns>
    public static int Open(byte[] payload, int count, byte[] mac)
    {
        if (count < MinBytes || count > MaxBytes) return Refusal.Length;
        if (payload[Prefix - 1] != '\n') return Refusal.Form;

        for (int i = 0; i < MacSize; i++)
        {
            int high = LowerHex(payload[2 * i]);
            int low = LowerHex(payload[(2 * i) + 1]);
            if (high < 0 || low < 0) return Refusal.Form;
            mac[i] = (byte)((high << 4) | low);
        }

        return Refusal.None;
    }

    /// <summary>The JSON as a separate array, as HMAC needs it.</summary>
    public static byte[] Body(byte[] payload, int count)
    {
        byte[] body = new byte[count - Prefix];
        System.Array.Copy(payload, Prefix, body, 0, body.Length);
        return body;
    }

    public static bool IsSignedWith(byte[] key, byte[] body, byte[] mac)
    {
        byte[] expected = HMACSHA256.HashData(key, body);
        int difference = 0;
        for (int i = 0; i < MacSize; i++) difference |= expected[i] ^ mac[i];
        return difference == 0;
    }

    /// <summary>Makes a payload of the first <paramref name="count"/> bytes after the prefix of <paramref name="buffer"/>.</summary>
    public static byte[] Seal(byte[] key, byte[] buffer, int count)
    {
        byte[] payload = new byte[Prefix + count];
        System.Array.Copy(buffer, Prefix, payload, Prefix, count);
        byte[] mac = HMACSHA256.HashData(key, Body(payload, payload.Length));
        for (int i = 0; i < MacSize; i++)
        {
            payload[2 * i] = Hex.DigitOf(mac[i] >> 4);
            payload[(2 * i) + 1] = Hex.DigitOf(mac[i] & 15);
        }

        payload[Prefix - 1] = (byte)'\n';
        return payload;
    }

    private static int LowerHex(int c) => c >= 'A' && c <= 'F' ? -1 : Hex.ValueOf(c);
}
