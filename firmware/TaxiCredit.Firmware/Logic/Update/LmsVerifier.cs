using TaxiCredit.Firmware.Logic.Binary;

namespace TaxiCredit.Firmware.Logic.Update;

/// <summary>
/// Verifies an LMS signature (RFC 8554, algorithms 4b and 6a) in steps that fit between two looks at the supply: a step takes one compression of
/// SHA-256 at most, and none allocates. Only the last of the message takes two, where its length leaves no room for the padding.
/// </summary>
internal sealed class LmsVerifier
{
    private const int StageMessage = 0;
    private const int StageChains = 1;
    private const int StageChainsEnd = 2;
    private const int StageLeaf = 3;
    private const int StagePath = 4;
    private const int StageNode = 5;
    private const int StageDone = 6;

    private const int OfMessage = 0x8181;
    private const int OfChains = 0x8080;
    private const int OfLeaf = 0x8282;
    private const int OfNode = 0x8383;

    /// <summary>What every hash begins with: identifier, index or node, and what it is of.</summary>
    private const int PrefixSize = LmsKey.IdentifierSize + 4 + 2;

    private readonly LmsKey _key;
    private readonly Sha256 _hash = new Sha256();
    private readonly Sha256 _chainsHash = new Sha256();
    private readonly byte[] _prefix = new byte[PrefixSize + 1];
    private readonly byte[] _digest = new byte[LmsDigits.Size];
    private readonly byte[] _value = new byte[Sha256.Size];
    private byte[]? _signature;
    private byte[]? _message;
    private int _signatureAt;
    private int _messageAt;
    private int _messageLeft;
    private int _stage = StageDone;
    private uint _index;
    private uint _node;
    private int _chain;
    private int _digit;
    private int _level;

    public LmsVerifier(LmsKey key)
    {
        _key = key;
        if (key.IsKnown) System.Array.Copy(key.Content, 8, _prefix, 0, LmsKey.IdentifierSize);
    }

    /// <summary>One of <see cref="Update.Verdict"/>.</summary>
    public int Verdict { get; private set; } = Update.Verdict.Refused;

    /// <summary>Compressions since this object was made.</summary>
    public int Compressions => _hash.Compressions + _chainsHash.Compressions;

    /// <summary>Begins with another signature; no compression. Both arrays must not change until there is a verdict.</summary>
    /// <returns>The verdict: open, or refused by its form.</returns>
    public int Begin(byte[] signature, int signatureAt, int signatureCount, byte[] message, int messageAt, int messageCount)
    {
        _stage = StageDone;
        Verdict = Update.Verdict.Refused;
        if (!_key.IsKnown || signatureCount != _key.SignatureSize) return Verdict;

        _index = Bytes.GetUInt32Big(signature, signatureAt);
        bool hasTypes = Bytes.AreEqual(signature, signatureAt + 4, _key.Content, 4, 4)
            && Bytes.AreEqual(signature, signatureAt + _key.PathAt - 4, _key.Content, 0, 4);
        if (!hasTypes || _index >> _key.Height != 0) return Verdict;

        _signature = signature;
        _signatureAt = signatureAt;
        _message = message;
        _messageAt = messageAt;
        _messageLeft = messageCount;
        BeginHash(_hash, _index, OfMessage);
        _hash.Add(signature, signatureAt + 8, Sha256.Size);
        _stage = StageMessage;
        Verdict = Update.Verdict.Open;
        return Verdict;
    }

    /// <summary>Goes on by a compression; does nothing once there is a verdict.</summary>
    /// <returns>The verdict, <see cref="Update.Verdict.Open"/> while there is none.</returns>
    public int Step()
    {
        switch (_stage)
        {
            case StageMessage:
                AddMessage();
                break;
            case StageChains:
                GoOnWithChain();
                break;
            case StageChainsEnd:
                EndChains();
                break;
            case StageLeaf:
                HashLeaf();
                break;
            case StagePath:
                AddSiblings();
                break;
            case StageNode:
                HashNode();
                break;
        }

        return Verdict;
    }

    private void AddMessage()
    {
        int part = _messageLeft < Sha256.BlockSize ? _messageLeft : Sha256.BlockSize;
        if (part > 0)
        {
            _hash.Add(_message!, _messageAt, part);
            _messageAt += part;
            _messageLeft -= part;
            return;
        }

        _hash.Finish(_digest, 0);
        LmsDigits.PutChecksum(_key, _digest);
        BeginHash(_chainsHash, _index, OfChains);
        _stage = StageChains;
        BeginChain(0);
    }

    private void BeginChain(int chain)
    {
        _chain = chain;
        if (chain == _key.Chains)
        {
            _stage = StageChainsEnd;
            return;
        }

        _digit = LmsDigits.At(_key, _digest, chain);
        System.Array.Copy(_signature!, _signatureAt + LmsKey.ChainsAt + (Sha256.Size * chain), _value, 0, Sha256.Size);
    }

    private void GoOnWithChain()
    {
        if (_digit < _key.MaxDigit)
        {
            // 55 bytes: with the padding exactly one block.
            BeginHash(_hash, _index, _chain, _digit);
            _hash.Add(_value, 0, Sha256.Size);
            _hash.Finish(_value, 0);
            _digit++;
            return;
        }

        _chainsHash.Add(_value, 0, Sha256.Size);
        BeginChain(_chain + 1);
    }

    private void EndChains()
    {
        _chainsHash.Finish(_value, 0);
        _node = (1u << _key.Height) + _index;
        _stage = StageLeaf;
    }

    private void HashLeaf()
    {
        BeginHash(_hash, _node, OfLeaf);
        _hash.Add(_value, 0, Sha256.Size);
        _hash.Finish(_value, 0);
        _level = 0;
        _stage = StagePath;
    }

    private void AddSiblings()
    {
        int sibling = _signatureAt + _key.PathAt + (Sha256.Size * _level);
        bool isRight = (_node & 1) != 0;
        _node >>= 1;
        _level++;
        BeginHash(_hash, _node, OfNode);
        if (isRight) _hash.Add(_signature!, sibling, Sha256.Size);
        _hash.Add(_value, 0, Sha256.Size);
        if (!isRight) _hash.Add(_signature!, sibling, Sha256.Size);
        _stage = StageNode;
    }

    private void HashNode()
    {
        _hash.Finish(_value, 0);
        _stage = StagePath;
        if (_node > 1) return;

        _stage = StageDone;
        bool isRoot = Bytes.AreEqual(_value, 0, _key.Content, LmsKey.Size - Sha256.Size, Sha256.Size);
        Verdict = isRoot ? Update.Verdict.Genuine : Update.Verdict.Refused;
    }

    private void BeginHash(Sha256 hash, uint number, int kind)
    {
        hash.Begin();
        Bytes.PutUInt32Big(_prefix, LmsKey.IdentifierSize, number);
        _prefix[PrefixSize - 2] = (byte)(kind >> 8);
        _prefix[PrefixSize - 1] = (byte)kind;
        hash.Add(_prefix, 0, PrefixSize);
    }

    private void BeginHash(Sha256 hash, uint number, int chain, int digit)
    {
        hash.Begin();
        Bytes.PutUInt32Big(_prefix, LmsKey.IdentifierSize, number);
        _prefix[PrefixSize - 2] = (byte)(chain >> 8);
        _prefix[PrefixSize - 1] = (byte)chain;
        _prefix[PrefixSize] = (byte)digit;
        hash.Add(_prefix, 0, PrefixSize + 1);
    }
}
