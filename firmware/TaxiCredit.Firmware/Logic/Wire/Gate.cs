using TaxiCredit.Firmware.Logic.Json;

namespace TaxiCredit.Firmware.Logic.Wire;

/// <summary>
/// Checks every message from the server: length, form and MAC, and only then the parser; version, topic, <c>now</c>.
/// Afterwards <see cref="Reader"/> and the properties describe the message, until the next call.
/// </summary>
internal sealed class Gate
{
    public const long FirstTime = 1500000000;
    public const long LastTime = 4102444800;

    private readonly Keyring _keys;

    public Gate(Keyring keys)
    {
        _keys = keys;
    }

    public FlatReader Reader { get; } = new FlatReader();

    public byte[] Mac { get; } = new byte[Envelope.MacSize];

    /// <summary>Epoch of the key that the message is signed with; <see cref="Keyring.Lost"/> in answer to a unit that does not know its own.</summary>
    public int Epoch { get; private set; }

    /// <summary>When the server signed it, unix seconds.</summary>
    public long Now { get; private set; }

    /// <summary>The question that it answers, 16 hex digits; empty when it answers none.</summary>
    public string Nonce { get; private set; } = "";

    /// <summary>Admits a message from the link.</summary>
    /// <returns>A <see cref="Refusal"/> or 0.</returns>
    public int Admit(byte[] payload, string topic)
    {
        int refusal = Envelope.Open(payload, payload.Length, Mac);
        if (refusal != Refusal.None) return refusal;
        if (_keys.IsEmpty) return Refusal.Mac;

        byte[] body = Envelope.Body(payload, payload.Length);
        bool isSigned = IsSigned(_keys.Epoch, body) || (_keys.Epoch > 1 && IsSigned(_keys.Epoch - 1, body)) || IsSigned(Keyring.Lost, body);
        return isSigned ? Read(body, topic) : Refusal.Mac;
    }

    /// <summary>Admits a message from the unit's memory, whose key may have expired since.</summary>
    /// <returns>A <see cref="Refusal"/> or 0.</returns>
    public int AdmitStored(byte[] payload, int count, int epoch, string topic)
    {
        int refusal = Envelope.Open(payload, count, Mac);
        if (refusal != Refusal.None) return refusal;

        byte[] body = Envelope.Body(payload, count);
        if (!Envelope.IsSignedWith(_keys.DownOf(epoch), body, Mac)) return Refusal.Mac;

        Epoch = epoch;
        return Read(body, topic);
    }

    private bool IsSigned(int epoch, byte[] body)
    {
        byte[]? key = _keys.Down(epoch);
        if (key == null || !Envelope.IsSignedWith(key, body, Mac)) return false;

        Epoch = epoch;
        return true;
    }

    private int Read(byte[] body, string topic)
    {
        if (!Reader.TryRead(body, 0, body.Length)) return Refusal.Form;
        if (!Reader.TryGetInteger("v", 1, 1, out _)) return Refusal.Form;
        if (!Reader.TryGetString("topic", 1, Envelope.MaxBytes, out string inside)) return Refusal.Form;
        if (inside != topic) return Refusal.Topic;
        if (!Reader.TryGetInteger("now", FirstTime, LastTime, out long now)) return Refusal.Form;

        string nonce = "";
        if (Reader.Has("nonce") && (!Reader.TryGetString("nonce", 16, 16, out nonce) || !WireText.IsLowerHex(nonce))) return Refusal.Form;

        Now = now;
        Nonce = nonce;
        return Refusal.None;
    }
}
