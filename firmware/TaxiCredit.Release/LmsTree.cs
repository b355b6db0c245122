using System.Buffers.Binary;
using System.Security.Cryptography;
using TaxiCredit.Firmware.Logic.Update;

namespace TaxiCredit.Release;

/// <summary>
/// The private side of LMS (RFC 8554, n = 32): the tree over all one-time keys, which are derived from one seed as its appendix A proposes. It signs with any
/// index, again and again: that each is used once is for <see cref="UsedIndexes"/> to see to.
/// </summary>
internal sealed class LmsTree
{
    private const int OfMessage = 0x8181;
    private const int OfChains = 0x8080;
    private const int OfLeaf = 0x8282;
    private const int OfNode = 0x8383;

    /// <summary>Stands where a chain's number stands, and derives the randomizer.</summary>
    private const int OfRandomizer = 0xFFFD;

    /// <summary>Type of a one-time signature with digits of four bits.</summary>
    private const int FourBits = 3;

    private readonly byte[] _identifier;
    private readonly byte[] _seed;
    private readonly int _height;
    private readonly byte[][] _nodes;
    private readonly LmsKey _key;

    /// <param name="identifier">16 bytes that no other key has.</param>
    /// <param name="seed">32 secret bytes.</param>
    /// <param name="height">Levels, 5 to 25 in fives; ten take a second or two.</param>
    public LmsTree(byte[] identifier, byte[] seed, int height)
    {
        _identifier = identifier;
        _seed = seed;
        _height = height;
        PublicKey = new byte[LmsKey.Size];
        BinaryPrimitives.WriteInt32BigEndian(PublicKey, 4 + (height / 5));
        BinaryPrimitives.WriteInt32BigEndian(PublicKey.AsSpan(4), FourBits);
        identifier.CopyTo(PublicKey, 8);
        _key = new LmsKey(PublicKey);
        _nodes = new byte[2 << height][];
        int leaves = 1 << height;
        Parallel.For(0, leaves, index => _nodes[leaves + index] = Hash(leaves + index, OfLeaf, ChainsOf(index)));
        for (int node = leaves - 1; node > 0; node--) _nodes[node] = Hash(node, OfNode, [.. _nodes[2 * node], .. _nodes[(2 * node) + 1]]);
        _nodes[1].CopyTo(PublicKey, LmsKey.Size - Sha256.Size);
    }

    /// <summary>The 56 bytes that the units have.</summary>
    public byte[] PublicKey { get; }

    public byte[] Sign(int index, byte[] message)
    {
        byte[] randomizer = Secret(index, OfRandomizer);
        byte[] digest = new byte[LmsDigits.Size];
        Hash(index, OfMessage, [.. randomizer, .. message]).CopyTo(digest, 0);
        LmsDigits.PutChecksum(_key, digest);

        byte[] signature = new byte[_key.SignatureSize];
        BinaryPrimitives.WriteInt32BigEndian(signature, index);
        PublicKey.AsSpan(4, 4).CopyTo(signature.AsSpan(4));
        randomizer.CopyTo(signature, 8);
        for (int chain = 0; chain < _key.Chains; chain++)
        {
            Walk(index, chain, LmsDigits.At(_key, digest, chain)).CopyTo(signature, LmsKey.ChainsAt + (Sha256.Size * chain));
        }

        PublicKey.AsSpan(0, 4).CopyTo(signature.AsSpan(_key.PathAt - 4));
        for (int level = 0; level < _height; level++)
        {
            _nodes[(((1 << _height) + index) >> level) ^ 1].CopyTo(signature, _key.PathAt + (Sha256.Size * level));
        }

        return signature;
    }

    private byte[] ChainsOf(int index)
    {
        byte[] ends = new byte[Sha256.Size * _key.Chains];
        for (int chain = 0; chain < _key.Chains; chain++) Walk(index, chain, _key.MaxDigit).CopyTo(ends, Sha256.Size * chain);
        return Hash(index, OfChains, ends);
    }

    private byte[] Walk(int index, int chain, int steps)
    {
        byte[] value = Secret(index, chain);
        Span<byte> block = stackalloc byte[23 + Sha256.Size];
        for (int step = 0; step < steps; step++)
        {
            PutPrefix(block, index, chain);
            block[22] = (byte)step;
            value.CopyTo(block[23..]);
            SHA256.HashData(block, value);
        }

        return value;
    }

    private byte[] Secret(int index, int chain)
    {
        Span<byte> block = stackalloc byte[23 + Sha256.Size];
        PutPrefix(block, index, chain);
        block[22] = 0xFF;
        _seed.CopyTo(block[23..]);
        return SHA256.HashData(block);
    }

    private byte[] Hash(int number, int kind, byte[] content)
    {
        byte[] block = new byte[22 + content.Length];
        PutPrefix(block, number, kind);
        content.CopyTo(block, 22);
        return SHA256.HashData(block);
    }

    private void PutPrefix(Span<byte> block, int number, int kind)
    {
        _identifier.CopyTo(block);
        BinaryPrimitives.WriteInt32BigEndian(block[16..], number);
        BinaryPrimitives.WriteUInt16BigEndian(block[20..], (ushort)kind);
    }
}
