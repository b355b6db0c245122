namespace TaxiCredit.Firmware.Logic;

/// <summary>A condition that must hold for several samples in a row.</summary>
internal sealed class Debounce
{
    private readonly int _toSet;
    private readonly int _toClear;
    private int _differing;

    /// <param name="samples">Samples in a row, 1 or more.</param>
    public Debounce(int samples)
        : this(samples, samples)
    {
    }

    /// <param name="toSet">Samples in a row that set it, 1 or more.</param>
    /// <param name="toClear">Samples in a row that clear it, 1 or more.</param>
    public Debounce(int toSet, int toClear)
    {
        _toSet = toSet;
        _toClear = toClear;
    }

    public bool IsSet { get; private set; }

    /// <summary>Sets it without waiting: the first sample of a start.</summary>
    public void Begin(bool value) => IsSet = value;

    /// <returns>True when <see cref="IsSet"/> changed.</returns>
    public bool Feed(bool value)
    {
        _differing = value == IsSet ? 0 : _differing + 1;
        if (_differing < (IsSet ? _toClear : _toSet)) return false;

        IsSet = value;
        _differing = 0;
        return true;
    }
}
