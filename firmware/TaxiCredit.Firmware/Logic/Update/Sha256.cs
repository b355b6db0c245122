using TaxiCredit.Firmware.Logic.Binary;

namespace TaxiCredit.Firmware.Logic.Update;

/// <summary>
/// SHA-256 (FIPS 180-4) piece by piece, as the platform has HMAC only. A compression is the unit of its cost: the runtime interprets some
/// 11,000 instructions for one.
/// </summary>
internal sealed class Sha256
{
    public const int Size = 32;
    public const int BlockSize = 64;

    /// <summary>Where the length begins in the last block.</summary>
    private const int LengthAt = BlockSize - 8;

    private static readonly uint[] Constants =
    {
        0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
        0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
        0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
        0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
        0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
        0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
        0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
        0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
    };

    private static readonly uint[] Initial =
    {
        0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19,
    };

    private readonly uint[] _state = new uint[8];
    private readonly uint[] _words = new uint[64];
    private readonly byte[] _block = new byte[BlockSize];
    private int _filled;
    private long _bytes;

    public Sha256()
    {
        Begin();
    }

    /// <summary>Compressions since this object was made.</summary>
    public int Compressions { get; private set; }

    /// <summary>Forgets what was added.</summary>
    public void Begin()
    {
        System.Array.Copy(Initial, 0, _state, 0, Initial.Length);
        _filled = 0;
        _bytes = 0;
    }

    /// <summary>At most one compression for each 64 bytes, rounded up.</summary>
    public void Add(byte[] from, int at, int count)
    {
        _bytes += count;
        while (count > 0)
        {
            int part = BlockSize - _filled;
            if (part > count) part = count;
            System.Array.Copy(from, at, _block, _filled, part);
            _filled += part;
            at += part;
            count -= part;
            if (_filled < BlockSize) return;

            Compress();
            _filled = 0;
        }
    }

    /// <summary>One compression or two. Writes the 32 bytes to <paramref name="at"/> of <paramref name="into"/>, and begins again.</summary>
    public void Finish(byte[] into, int at)
    {
        _block[_filled++] = 0x80;
        if (_filled > LengthAt)
        {
            System.Array.Clear(_block, _filled, BlockSize - _filled);
            Compress();
            _filled = 0;
        }

        System.Array.Clear(_block, _filled, LengthAt - _filled);
        long bits = _bytes * 8;
        Bytes.PutUInt32Big(_block, LengthAt, (uint)(bits >> 32));
        Bytes.PutUInt32Big(_block, LengthAt + 4, (uint)bits);
        Compress();
        for (int i = 0; i < _state.Length; i++) Bytes.PutUInt32Big(into, at + (4 * i), _state[i]);
        Begin();
    }

    private void Compress()
    {
        Compressions++;
        uint[] words = _words;
        for (int i = 0; i < 16; i++) words[i] = Bytes.GetUInt32Big(_block, 4 * i);
        for (int i = 16; i < 64; i++)
        {
            uint early = words[i - 15];
            uint late = words[i - 2];
            words[i] = words[i - 16] + words[i - 7]
                + (((early >> 7) | (early << 25)) ^ ((early >> 18) | (early << 14)) ^ (early >> 3))
                + (((late >> 17) | (late << 15)) ^ ((late >> 19) | (late << 13)) ^ (late >> 10));
        }

        uint a = _state[0];
        uint b = _state[1];
        uint c = _state[2];
        uint d = _state[3];
        uint e = _state[4];
        uint f = _state[5];
        uint g = _state[6];
        uint h = _state[7];
        for (int i = 0; i < 64; i++)
        {
            uint first = h + (((e >> 6) | (e << 26)) ^ ((e >> 11) | (e << 21)) ^ ((e >> 25) | (e << 7)))
                + (g ^ (e & (f ^ g))) + Constants[i] + words[i];
            uint second = (((a >> 2) | (a << 30)) ^ ((a >> 13) | (a << 19)) ^ ((a >> 22) | (a << 10)))
                + ((a & b) | (c & (a | b)));
            h = g;
            g = f;
            f = e;
            e = d + first;
            d = c;
            c = b;
            b = a;
            a = first + second;
        }

        _state[0] += a;
        _state[1] += b;
        _state[2] += c;
        _state[3] += d;
        _state[4] += e;
        _state[5] += f;
        _state[6] += g;
        _state[7] += h;
    }
}
