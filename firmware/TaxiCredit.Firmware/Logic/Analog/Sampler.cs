using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Logic.Analog;

/// <summary>
/// Takes turns with the converter's inputs: the light's return, ambient light, and now and then the rail, whose value is known: a converter that is stuck,
/// at 0 or at full scale, is told by it. After each return comes the battery, as the return says nothing of a light whose supply has just sagged. No call
/// waits for a conversion.
/// </summary>
internal sealed class Sampler
{
    /// <summary>From one round of return, battery and ambient light to the next, ms.</summary>
    public const int Slot = 500;

    /// <summary>Longest conversion at 64 samples a second, 10 % late, in ticks of 10 ms.</summary>
    public const int Conversion = 20;

    /// <summary>Failures in a row after which the converter counts as dead: 2 s of slots.</summary>
    public const int DeadAfter = 4;

    /// <summary>Choices between two looks at the rail.</summary>
    public const int RailEvery = 16;

    /// <summary>Half of the rail, µV: 3.3 V with 3 % of the regulator, 1 % of each resistor and the converter's own loading.</summary>
    public const int MinRail = 1560000;
    public const int MaxRail = 1740000;

    /// <summary>Bad or good readings of the rail in a row that change the verdict.</summary>
    private const int RailVotes = 2;

    private readonly IConverter _converter;
    private int _running = ConverterInput.AmbientFine;
    private long _startedAt;
    private int _turn;
    private int _failures;
    private int _railVotes;
    private bool _asksRail;
    private bool _isUnproven;
    private bool _isLightWide;

    public Sampler(IConverter converter)
    {
        _converter = converter;
    }

    /// <summary>The converter does not answer, or answers nonsense; nothing that it says is used.</summary>
    public bool IsDead { get; private set; }

    /// <summary>False until the input has been read since the start, or since the converter died.</summary>
    public bool HasBattery { get; private set; }

    public bool HasLight { get; private set; }

    /// <summary>Newest reading of the supply's input, µV.</summary>
    public int Battery { get; private set; }

    /// <summary>Newest reading of the phototransistor, µV.</summary>
    public int Light { get; private set; }

    /// <summary>Newest reading of the light's return, µV, and when its conversion began.</summary>
    public int Return { get; private set; }

    public long ReturnAt { get; private set; }

    /// <summary>Readings of battery and ambient light since the start; they tell a new one from an old one.</summary>
    public int BatteryCount { get; private set; }

    public int LightCount { get; private set; }

    /// <summary>Whether the return is being converted, and since when.</summary>
    public bool IsOnReturn => _running == ConverterInput.LightReturn || _running == ConverterInput.LightReturnFine;

    public long StartedAt => _startedAt;

    /// <summary>Fetches the ambient light for the first light: one port call.</summary>
    /// <returns>False when there is none yet.</returns>
    public bool Begin(long uptime)
    {
        Exchange(ConverterInput.Battery, uptime);
        return HasLight;
    }

    /// <summary>The rail is looked at next: a reading that surprises is believed only of a converter in order.</summary>
    public void AskRail() => _asksRail = true;

    /// <summary>Does what is due.</summary>
    /// <param name="returnFrom">When the return may be measured, ms: settled, with a supply at which the drivers regulate; else never.</param>
    /// <param name="isUrgent">Whether somebody waits for the return: then nothing else is measured.</param>
    /// <param name="isWide">Whether more than the fine range is expected.</param>
    /// <param name="uptime">Monotonic time, ms.</param>
    /// <returns>True when a reading of the return arrived, and one of the battery after it.</returns>
    public bool Advance(long returnFrom, bool isUrgent, bool isWide, long uptime)
    {
        if (uptime < Due(returnFrom, isUrgent)) return false;

        return Exchange(Choose(returnFrom, isUrgent, isWide, uptime), uptime);
    }

    /// <summary>When <see cref="Advance"/> has something to do, ms.</summary>
    public long Due(long returnFrom, bool isUrgent)
    {
        if (IsDead || !(isUrgent || _asksRail || IsOnRail || IsOnReturn || _isUnproven || !HasBattery)) return _startedAt + Slot;
        long done = _startedAt + Conversion;
        bool waits = isUrgent && !_asksRail && !IsOnReturn && !_isUnproven && !IsOnRail && HasBattery && returnFrom != long.MaxValue;
        return waits && returnFrom > done ? returnFrom : done;
    }

    private bool IsOnRail => _running == ConverterInput.HalfRail;

    private int Choose(long returnFrom, bool isUrgent, bool isWide, long uptime)
    {
        if (IsOnReturn) return ConverterInput.Battery;
        if (IsDead || _asksRail)
        {
            _asksRail = false;
            return ConverterInput.HalfRail;
        }

        _turn++;
        if (uptime >= returnFrom && (isUrgent || _turn % 2 == 0)) return isWide ? ConverterInput.LightReturn : ConverterInput.LightReturnFine;
        if (_turn % RailEvery == 1) return ConverterInput.HalfRail;
        return _turn % 2 == 0 ? ConverterInput.Battery : _isLightWide ? ConverterInput.Ambient : ConverterInput.AmbientFine;
    }

    private bool Exchange(int next, long uptime)
    {
        int input = _running;
        long startedAt = _startedAt;
        _running = next;
        _startedAt = uptime;
        if (!_converter.TryNext(next, out int code))
        {
            _failures++;
            _isUnproven = false;
            if (_failures >= DeadAfter) Die();
            return false;
        }

        _failures = 0;
        return Take(input, ConverterInput.Microvolts(input, code), code, startedAt);
    }

    private bool Take(int input, int microvolts, int code, long startedAt)
    {
        if (input == ConverterInput.HalfRail) JudgeRail(microvolts);
        if (IsDead) return false;
        switch (input)
        {
            case ConverterInput.Battery:
                Battery = microvolts;
                HasBattery = true;
                BatteryCount++;
                bool isProven = _isUnproven;
                _isUnproven = false;
                return isProven;
            case ConverterInput.Ambient:
                Light = microvolts;
                LightCount++;
                _isLightWide = microvolts > 200000;
                return false;
            case ConverterInput.AmbientFine:
                Light = microvolts;
                HasLight = true;
                LightCount++;
                _isLightWide = code >= ConverterInput.MaxCode;
                return false;
            case ConverterInput.HalfRail:
                return false;
            default:
                Return = microvolts;
                ReturnAt = startedAt;
                _isUnproven = true;
                return false;
        }
    }

    private void JudgeRail(int microvolts)
    {
        bool isGood = microvolts >= MinRail && microvolts <= MaxRail;
        _railVotes = isGood == IsDead ? _railVotes + 1 : 0;
        _asksRail = _railVotes > 0;
        if (_railVotes < RailVotes) return;

        _railVotes = 0;
        _asksRail = false;
        if (isGood) IsDead = false;
        else Die();
    }

    private void Die()
    {
        IsDead = true;
        HasBattery = false;
        HasLight = false;
        _isUnproven = false;
        _railVotes = 0;
        _failures = 0;
    }
}
