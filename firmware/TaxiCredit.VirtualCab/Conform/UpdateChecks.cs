using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Threading.Tasks;
using MQTTnet;
using TaxiCredit.Firmware.Logic.Provisioning;
using TaxiCredit.Firmware.Logic.Update;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.VirtualCab.Conform;

/// <summary>
/// What PROTOCOL.md asks of a server that offers packages, as far as a unit sees it; each line builds on those before it. The package is fetched whole, and
/// not installed: at its end the unit says that it failed. That something is not answered is told by what is answered after it.
/// </summary>
internal sealed class UpdateChecks(UnitConfig config, TimeSpan patience) : IAsyncDisposable
{
    private readonly ConformUnit _unit = new(config, patience);
    private readonly List<byte> _package = [];
    private Offer? _offer;

    public IReadOnlyList<ServerCheck> All =>
    [
        new("offer", "a unit that takes packages is offered one that it can take", OfferAsync),
        new("update-topic", "the topic of parts is granted at QoS 1", SubscribeAsync),
        new("part", "a state with have is answered with the part that begins there", () => PartAsync(0)),
        new("part-again", "the same part is sent again to who asks again", AgainAsync),
        new("unasked", "a state without have, or about another offer, is answered with no part", UnaskedAsync),
        new("package", "all parts together are what was offered, to the last byte", PackageAsync),
    ];

    public async ValueTask DisposeAsync()
    {
        if (_offer != null && _unit.IsConnected) await TellAsync(Fields("failed", _offer.Rev) + $",\"why\":{PackageRefusal.Silent}").ConfigureAwait(false);
        await _unit.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<string?> OfferAsync()
    {
        MqttClientConnectResultCode code = await _unit.ConnectAsync().ConfigureAwait(false);
        if (code != MqttClientConnectResultCode.Success) return $"{code}";
        if (!await _unit.SubscribeAsync(_unit.Topics.Subscribed).ConfigureAwait(false)) return "not granted";
        await TellAsync("").ConfigureAwait(false);
        Heard? heard = await _unit.FindAsync(0, heard => heard.Topic == _unit.Topics.Cmd && IsOffer(heard)).ConfigureAwait(false);
        if (heard == null) return "none came";
        _unit.Gate.Admit(heard.Payload, heard.Topic);
        if (!_unit.Gate.Reader.TryGetInteger("rev", 1, Gate.LastTime, out long rev)) return "it has no rev";
        _offer = Offer.Read(_unit.Gate.Reader, rev);
        if (_offer == null) return "a unit refuses its fields";
        return _unit.Gate.Reader.TryGetInteger("exp", _unit.Gate.Now, Gate.LastTime, out _) ? null : "it has expired";
    }

    private async Task<string?> SubscribeAsync() => await _unit.SubscribeAsync(_unit.Topics.Update).ConfigureAwait(false) ? null : "not granted";

    private async Task<string?> PartAsync(int at)
    {
        if (_offer == null) return "nothing was offered";
        int from = _unit.Mark();
        await TellAsync(Fields("get", _offer.Rev) + $",\"have\":{at}").ConfigureAwait(false);
        Heard? heard = await _unit.FindAsync(from, heard => IsPart(heard, at)).ConfigureAwait(false);
        if (heard == null) return $"none came that begins at {at} and that a unit admits";
        _unit.Gate.Admit(heard.Payload, heard.Topic);
        byte[]? bytes = _unit.Gate.Reader.TryGetString("data", 2, Envelope.MaxBytes, out string data) ? Base64Url.Decode(data) : null;
        int expected = Math.Min(SlotFile.BlockSize, _offer.Size - at);
        if (bytes?.Length != expected) return $"it has not {expected} bytes at {at}";
        _package.RemoveRange(Math.Min(at, _package.Count), Math.Max(0, _package.Count - at));
        _package.AddRange(bytes);
        return null;
    }

    private async Task<string?> AgainAsync()
    {
        byte[] before = [.. _package];
        string? fault = await PartAsync(0).ConfigureAwait(false);
        return fault ?? (before.AsSpan().SequenceEqual(_package.ToArray()) ? null : "it has other bytes");
    }

    private async Task<string?> UnaskedAsync()
    {
        if (_offer == null) return "nothing was offered";
        int from = _unit.Mark();
        await TellAsync(Fields("get", _offer.Rev)).ConfigureAwait(false);
        await TellAsync(Fields("get", _offer.Rev - 1) + ",\"have\":0").ConfigureAwait(false);
        if (_offer.Size <= SlotFile.BlockSize) return "it is shorter than any package";
        string? fault = await PartAsync(SlotFile.BlockSize).ConfigureAwait(false);
        if (fault != null) return $"after it {fault}";
        Heard? first = await _unit.FindAsync(from, heard => heard.Topic == _unit.Topics.Update).ConfigureAwait(false);
        _unit.Gate.Admit(first!.Payload, first.Topic);
        return _unit.Gate.Reader.TryGetInteger("at", SlotFile.BlockSize, SlotFile.BlockSize, out _) ? null : "a part came";
    }

    private async Task<string?> PackageAsync()
    {
        if (_offer == null) return "nothing was offered";
        for (int at = 0; at < _offer.Size; at += SlotFile.BlockSize)
        {
            if (await PartAsync(at).ConfigureAwait(false) is { } fault) return fault;
        }

        byte[] package = [.. _package];
        if (!SHA256.HashData(package).AsSpan().SequenceEqual(_offer.Package)) return "it has another SHA-256 than was offered";
        var manifest = new Manifest();
        if (manifest.Read(package, package.Length) != PackageRefusal.None) return "it does not begin with a manifest";
        return (manifest.Major, manifest.Minor, manifest.Patch) == (_offer.Major, _offer.Minor, _offer.Patch) ? null : "its manifest has another version";
    }

    private bool IsPart(Heard heard, int at) =>
        heard.Topic == _unit.Topics.Update && _unit.Gate.Admit(heard.Payload, heard.Topic) == Refusal.None
        && _unit.Gate.Reader.TryGetInteger("offer", _offer!.Rev, _offer.Rev, out _) && _unit.Gate.Reader.TryGetInteger("at", at, at, out _);

    private bool IsOffer(Heard heard) =>
        _unit.Gate.Admit(heard.Payload, heard.Topic) == Refusal.None && _unit.Gate.Reader.TryGetString("do", 6, 6, out string what) && what == "update";

    private static string Fields(string state, long offer) => $",\"update\":\"{state}\",\"offer\":{offer}";

    private Task TellAsync(string more) =>
        _unit.PublishAsync(_unit.Topics.State, _unit.State(ConformUnit.NewHex(), _unit.N++, ",\"caps\":\"nonce,update\",\"hw\":\"tc-b\"" + more));
}
