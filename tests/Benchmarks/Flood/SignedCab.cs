using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Benchmarks.Retained;

namespace Benchmarks.Flood;

/// <summary>A connected cab that signs what it sends, as firmware/PROTOCOL.md has it.</summary>
internal sealed class SignedCab(Socket socket, string id, byte[] rootKey)
{
    private readonly byte[] _key = HMACSHA256.HashData(rootKey, Encoding.ASCII.GetBytes("up|1"));
    private long _n;

    public Task SendStateAsync() => RawCab.PublishAsync(
        socket, Topic("state"),
        Sign($$"""{"v":1,"topic":"{{Topic("state")}}","at":{{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}},"journal":"00112233445566aa","boot":1,"n":{{++_n}}"""
            + ""","fw":"0.1.0","rev":0,"configRev":0,"cmdRev":0,"epoch":1,"display":"vacant","lit":"00000","faults":[],"battery":13500,"rssi":-61"""
            + ""","up":12,"free":48000,"backlog":0}"""),
        retain: true, CancellationToken.None);

    /// <param name="number">Each is of another journal, so that none is a repetition.</param>
    public Task SendIncidentAsync(long number, CancellationToken stop) => RawCab.PublishAsync(
        socket, Topic("incidents"),
        Sign($$"""{"v":1,"topic":"{{Topic("incidents")}}","journal":"{{number:x16}}","list":[{"seq":1,"kind":"power-on","boot":1,"up":0,"arg":1}]}"""),
        retain: false, stop);

    private string Topic(string leaf) => $"tc/v1/d/{id}/{leaf}";

    private byte[] Sign(string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        return [.. Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(_key, body)) + "\n"), .. body];
    }
}
