using TaxiCredit.Firmware.Logic.Json;
using TaxiCredit.Firmware.Logic.Update;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic.Link;

/// <summary>Takes the parts of a package that the unit has asked for.</summary>
internal sealed class ChunkHandler
{
    private readonly Gate _gate;
    private readonly Transfer _transfer;

    public ChunkHandler(Gate gate, Transfer transfer)
    {
        _gate = gate;
        _transfer = transfer;
    }

    /// <summary>Takes the message that just passed the gate.</summary>
    /// <returns>A <see cref="Refusal"/> or 0.</returns>
    public int Receive()
    {
        FlatReader json = _gate.Reader;
        if (!json.TryGetInteger("offer", 1, Gate.LastTime, out long offer)) return Refusal.Form;
        if (!json.TryGetInteger("at", 0, int.MaxValue, out long at)) return Refusal.Form;
        if (!json.TryGetString("data", 2, Envelope.MaxBytes, out string data)) return Refusal.Form;

        byte[]? bytes = Base64Url.Decode(data);
        return bytes == null ? Refusal.Form : _transfer.TakeChunk(offer, (int)at, bytes);
    }
}
