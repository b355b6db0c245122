using TaxiCredit.Firmware.Logic.Clock;
using TaxiCredit.Firmware.Logic.Commands;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Provisioning;
using TaxiCredit.Firmware.Logic.Ratings;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic.Link;

/// <summary>Takes each message from the server through the gate to the handler of its topic, and journals refusals.</summary>
internal sealed class Inbound
{
    private readonly Gate _gate;
    private readonly WallClock _clock;
    private readonly TimeQuestion _question;
    private readonly Rotation _rotation;
    private readonly Recorder _recorder;
    private readonly RatingStore _ratings;
    private readonly SettingsStore _settings;
    private readonly CommandHandler _commands;
    private readonly AckHandler _acks;
    private readonly ChunkHandler _chunks;
    private Topics? _topics;

    public Inbound(
        Gate gate,
        WallClock clock,
        TimeQuestion question,
        Rotation rotation,
        Recorder recorder,
        RatingStore ratings,
        SettingsStore settings,
        CommandHandler commands,
        AckHandler acks,
        ChunkHandler chunks)
    {
        _gate = gate;
        _clock = clock;
        _question = question;
        _rotation = rotation;
        _recorder = recorder;
        _ratings = ratings;
        _settings = settings;
        _commands = commands;
        _acks = acks;
        _chunks = chunks;
    }

    /// <summary>Messages refused since the start.</summary>
    public int Refused { get; private set; }

    /// <summary>Sets the topics of the display that this unit is; before it no message can be received.</summary>
    public void Use(Topics topics) => _topics = topics;

    /// <returns>A <see cref="Refusal"/> or 0.</returns>
    public int Receive(string topic, byte[] payload, long uptime)
    {
        int refusal = _gate.Admit(payload, topic);
        if (refusal == Refusal.None) refusal = TakeTime(uptime);
        if (refusal == Refusal.None)
        {
            _rotation.Confirm(_gate.Epoch);
            refusal = Deliver(topic, payload, uptime);
        }

        if (refusal == Refusal.None) return refusal;

        Refused++;
        int kind = RefusalKind(topic);
        if (kind != 0) _recorder.Note(kind, refusal, uptime);
        return refusal;
    }

    /// <summary>An answer to the unit's question is the time itself; any other signed time is only a floor.</summary>
    private int TakeTime(long uptime)
    {
        bool isAnswer = _question.TryAnswer(_gate.Nonce, uptime);

        // The keys of no epoch are for ever: what is signed with them counts only as an answer, as anything else could be a repetition.
        if (_gate.Epoch == Keyring.Lost && !isAnswer) return Refusal.Mac;

        if (isAnswer) _clock.Set(_gate.Now, uptime);
        else if (!_clock.IsPossible(_gate.Now, uptime)) return Refusal.Early;
        else _clock.Raise(_gate.Now, uptime);
        return Refusal.None;
    }

    private int Deliver(string topic, byte[] payload, long uptime)
    {
        Topics topics = _topics!;
        if (topic == topics.Config) return _settings.Receive(payload);
        if (_gate.Epoch == Keyring.Lost) return Refusal.Mac;
        if (topic == topics.Rating) return TakeRating(payload, uptime);
        if (topic == topics.Cmd) return _commands.Receive(uptime);
        if (topic == topics.Ack) return _acks.Receive();
        if (topic == topics.Update) return _chunks.Receive();
        return Refusal.Topic;
    }

    private int RefusalKind(string topic)
    {
        Topics topics = _topics!;
        if (topic == topics.Rating) return IncidentKind.RatingRefused;
        if (topic == topics.Config) return IncidentKind.ConfigRefused;

        // Refused acknowledgements are only counted, as journalling them would need another one; so are parts of packages, which come twice now and then.
        return topic == topics.Cmd ? IncidentKind.CmdRefused : 0;
    }

    private int TakeRating(byte[] payload, long uptime)
    {
        long before = _ratings.Rev;
        int refusal = _ratings.Receive(payload, _clock, uptime);
        if (_ratings.Rev != before) _recorder.Note(IncidentKind.RatingShown, _ratings.Rev, uptime);
        return refusal;
    }
}
