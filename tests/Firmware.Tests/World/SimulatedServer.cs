using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Firmware.Tests.Bench;

namespace Firmware.Tests.World;

/// <summary>The server as a cab meets it: checks MACs, stores an incident once, acknowledges what it has stored. Nothing of the logic is used.</summary>
internal sealed class SimulatedServer
{
    private readonly byte[] _up = HMACSHA256.HashData(TestCab.RootKey, "up|1"u8);
    private readonly SortedDictionary<uint, (string Kind, long Arg)> _stored = [];
    private uint _highest;

    public IReadOnlyDictionary<uint, (string Kind, long Arg)> Stored => _stored;

    public string Journal { get; private set; } = "";

    public int Batches { get; private set; }

    /// <summary>Takes a batch.</summary>
    /// <returns>The acknowledgement.</returns>
    public byte[] Take(byte[] payload)
    {
        Assert.IsLessThanOrEqualTo(1024, payload.Length);
        byte[] body = payload[65..];
        Assert.AreEqual(Convert.ToHexStringLower(HMACSHA256.HashData(_up, body)), Encoding.ASCII.GetString(payload, 0, 64));
        Batches++;

        using var document = JsonDocument.Parse(body);
        Journal = document.RootElement.GetProperty("journal").GetString()!;
        uint before = 0;
        foreach (JsonElement item in document.RootElement.GetProperty("list").EnumerateArray())
        {
            uint sequence = item.GetProperty("seq").GetUInt32();
            Assert.IsGreaterThan(before, sequence, "a batch ascends");
            before = sequence;
            if (_stored.TryAdd(sequence, (item.GetProperty("kind").GetString()!, item.GetProperty("arg").GetInt64())))
            {
                Assert.IsGreaterThan(_highest, sequence, "what is new comes in order");
                _highest = sequence;
            }
        }

        return Message.Ack(Journal, before);
    }
}
