using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using MQTTnet;
using TaxiCredit.Firmware.Logic.Provisioning;
using TaxiCredit.Firmware.Logic.Ratings;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.VirtualCab.Conform;

/// <summary>One line that a server must hold.</summary>
/// <param name="Name">Its name in PROTOCOL.md.</param>
/// <param name="Must">What it says.</param>
/// <param name="TryAsync">Null, or what was seen instead.</param>
internal sealed record ServerCheck(string Name, string Must, Func<Task<string?>> TryAsync);

/// <summary>
/// What PROTOCOL.md asks of a server and its broker and a unit can see, in the order in which one sees it. That something is not answered is told by what is
/// answered after it: no check waits for silence.
/// </summary>
internal sealed class ServerChecks(UnitConfig config, TimeSpan patience) : IAsyncDisposable
{
    private readonly ConformUnit _unit = new(config, patience);

    /// <summary>Takes the connection over. It stays: a broker that is still busy with the end of one may end the next of the same id with it.</summary>
    private readonly ConformUnit _later = new(config, patience);

    public IReadOnlyList<ServerCheck> All =>
    [
        new("password", "a wrong password is refused with 4 or 5", WrongPasswordAsync),
        new("connect", "the derived password, clean session and last will are accepted", ConnectAsync),
        new("subscribe", "the unit's four topics are granted at QoS 1", SubscribeAsync),
        new("rating", "a valid rating is retained", () => RetainedAsync(_unit.Topics.Rating, () => Rating.Read(_unit.Gate.Reader, _unit.Gate.Now) != null)),
        new("config", "a valid config is retained", () => RetainedAsync(_unit.Topics.Config, () => Settings.Read(_unit.Gate.Reader, _unit.Gate.Now) != null)),
        new("answer", "a question of a unit without a clock is answered with its nonce", () => AskAsync(0)),
        new("ack", "a batch of incidents is acknowledged to its last", () => AcknowledgedAsync(2, (1, "power-on"), (2, "mark"))),
        new("ack-again", "the same batch is acknowledged again", () => AcknowledgedAsync(2, (1, "power-on"), (2, "mark"))),
        new("mac", "a batch with a wrong MAC is not stored", () => IgnoredAsync(WrongMac())),
        new("order", "a batch whose seq do not ascend is not stored", () => IgnoredAsync(_unit.Incidents((4, "mark"), (3, "mark")))),
        new("form", "a batch that is not JSON is not stored", () => IgnoredAsync(_unit.Seal("seq=3"))),
        new("unknown-kind", "an unknown kind is stored as it is", () => AcknowledgedAsync(3, (3, "conformance"))),
        new("unknown-field", "a state with an unknown field is taken", () => AskAsync(3, ",\"colour\":\"amber\"")),
        new("replay", "a state that was sent before is not answered again", ReplayAsync),
        new("take-over", "who connects later takes the connection over", TakeOverAsync),
        new("foreign", "topics of another display are not granted", ForeignAsync),
    ];

    public async ValueTask DisposeAsync()
    {
        await _unit.DisposeAsync().ConfigureAwait(false);
        await _later.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<string?> WrongPasswordAsync()
    {
        await using var stranger = new ConformUnit(config, patience);
        MqttClientConnectResultCode code = await stranger.ConnectAsync(new string('A', 43)).ConfigureAwait(false);
        return code is MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized ? null : $"{code}";
    }

    private async Task<string?> ConnectAsync()
    {
        MqttClientConnectResultCode code = await _unit.ConnectAsync().ConfigureAwait(false);
        return code == MqttClientConnectResultCode.Success ? null : $"{code}";
    }

    private async Task<string?> SubscribeAsync() => await _unit.SubscribeAsync(_unit.Topics.Subscribed).ConfigureAwait(false) ? null : "not granted";

    private async Task<string?> RetainedAsync(string topic, Func<bool> isValid)
    {
        if (!_unit.IsConnected) return "not connected";
        Heard? heard = await _unit.FindAsync(0, heard => heard.Topic == topic && heard.IsRetained).ConfigureAwait(false);
        if (heard == null) return "none came";
        int refusal = _unit.Gate.Admit(heard.Payload, topic);
        if (refusal != Refusal.None) return $"a unit refuses it with reason {refusal}";
        return isValid() ? null : "a unit refuses its fields";
    }

    private async Task<string?> AskAsync(long through, string more = "")
    {
        string nonce = ConformUnit.NewHex();
        int from = _unit.Mark();
        await _unit.PublishAsync(_unit.Topics.State, _unit.State(nonce, _unit.N++, more)).ConfigureAwait(false);
        Heard? answer = await _unit.FindAsync(from, heard => IsAnswer(heard, nonce)).ConfigureAwait(false);
        if (answer == null) return "no answer";
        _unit.Gate.Admit(answer.Payload, answer.Topic);
        return _unit.Gate.Reader.TryGetInteger("through", through, through, out _) ? null : $"through is not {through}";
    }

    private async Task<string?> AcknowledgedAsync(long through, params (int Sequence, string Kind)[] items)
    {
        int from = _unit.Mark();
        await _unit.PublishAsync(_unit.Topics.Incidents, _unit.Incidents(items)).ConfigureAwait(false);
        Heard? heard = await _unit.FindAsync(from, heard => IsOfTheJournal(heard) && _unit.Gate.Nonce.Length == 0).ConfigureAwait(false);
        if (heard == null) return "no acknowledgement";
        _unit.Gate.Admit(heard.Payload, heard.Topic);
        return _unit.Gate.Reader.TryGetInteger("through", through, through, out _) ? null : $"through is not {through}";
    }

    /// <summary>After it, the next answer must still say what was stored before it.</summary>
    private async Task<string?> IgnoredAsync(byte[] payload)
    {
        int from = _unit.Mark();
        await _unit.PublishAsync(_unit.Topics.Incidents, payload).ConfigureAwait(false);
        string? fault = await AskAsync(2).ConfigureAwait(false);
        if (fault != null) return $"after it {fault}";
        Heard? first = await _unit.FindAsync(from, IsOfTheJournal).ConfigureAwait(false);
        _unit.Gate.Admit(first!.Payload, first.Topic);
        return _unit.Gate.Nonce.Length > 0 ? null : "it was acknowledged";
    }

    private byte[] WrongMac()
    {
        byte[] payload = _unit.Incidents((3, "mark"));
        payload[0] = payload[0] == (byte)'0' ? (byte)'1' : (byte)'0';
        return payload;
    }

    private async Task<string?> ReplayAsync()
    {
        string nonce = ConformUnit.NewHex();
        byte[] state = _unit.State(nonce, _unit.N++);
        int from = _unit.Mark();
        await _unit.PublishAsync(_unit.Topics.State, state).ConfigureAwait(false);
        if (await _unit.FindAsync(from, heard => IsAnswer(heard, nonce)).ConfigureAwait(false) == null) return "no answer to the first";
        from = _unit.Mark();
        await _unit.PublishAsync(_unit.Topics.State, state).ConfigureAwait(false);
        string? fault = await AskAsync(3).ConfigureAwait(false);
        if (fault != null) return $"after it {fault}";
        Heard? first = await _unit.FindAsync(from, IsOfTheJournal).ConfigureAwait(false);
        return IsAnswer(first!, nonce) ? "it was answered" : null;
    }

    private async Task<string?> TakeOverAsync()
    {
        MqttClientConnectResultCode code = await _later.ConnectAsync().ConfigureAwait(false);
        if (code != MqttClientConnectResultCode.Success) return $"{code}";
        return await _unit.IsClosedAsync().ConfigureAwait(false) ? null : "both stay connected";
    }

    private async Task<string?> ForeignAsync() =>
        await _later.SubscribeAsync($"tc/v1/d/{(config.DisplayId == "zzzz" ? "yyyy" : "zzzz")}/rating").ConfigureAwait(false) ? "granted" : null;

    private bool IsAnswer(Heard heard, string nonce) => IsOfTheJournal(heard) && _unit.Gate.Nonce == nonce;

    /// <summary>A valid acknowledgement of the unit's journal; the gate holds what it says.</summary>
    private bool IsOfTheJournal(Heard heard) =>
        heard.Topic == _unit.Topics.Ack && _unit.Gate.Admit(heard.Payload, heard.Topic) == Refusal.None
        && _unit.Gate.Reader.TryGetString("journal", 16, 16, out string journal) && journal == _unit.Journal;
}
