using System.Security.Cryptography;
using System.Text;
using TaxiCredit.Firmware.Logic.Binary;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic.Clock;

/// <summary>
/// The question that a state puts to the server: a nonce, good for one answer and for a minute. A signed message that returns it was signed after it
/// was asked, so that its <c>now</c> is the time, late by a minute at most.
/// </summary>
internal sealed class TimeQuestion
{
    /// <summary>Digits of a nonce.</summary>
    public const int Digits = 16;

    /// <summary>An answer is taken so long after its question was first asked, ms.</summary>
    public const int MaxAge = 60000;

    /// <summary>States that follow each other so fast ask the same question, ms: the answer to the first may be on its way.</summary>
    public const int KeptFor = 10000;

    private readonly Keyring _keys;
    private string _nonce = "";
    private long _askedAt;
    private uint _number;

    public TimeQuestion(Keyring keys)
    {
        _keys = keys;
    }

    /// <summary>The nonce for a state.</summary>
    /// <param name="journal">Id of the memory, new with each.</param>
    /// <param name="boot">Number of the start.</param>
    /// <param name="uptime">Monotonic time, ms.</param>
    public string Ask(string journal, uint boot, long uptime)
    {
        if (_nonce.Length > 0 && uptime - _askedAt <= KeptFor) return _nonce;

        // Never the same twice: the device's source of chance may begin each start alike, and an old answer would fit a nonce that comes again.
        _number++;
        _askedAt = uptime;
        byte[] unique = Encoding.UTF8.GetBytes(journal + "|" + boot.ToString() + "|" + _number.ToString());
        _nonce = Hex.Of(HMACSHA256.HashData(_keys.Up, unique), Digits / 2);
        return _nonce;
    }

    /// <summary>Whether a signed message answers the question. The question is then over: the same message, repeated, answers none.</summary>
    /// <param name="nonce">Of the message, empty where it has none.</param>
    /// <param name="uptime">Monotonic time, ms.</param>
    public bool TryAnswer(string nonce, long uptime)
    {
        if (nonce.Length == 0 || nonce != _nonce || uptime - _askedAt > MaxAge) return false;
        _nonce = "";
        return true;
    }
}
