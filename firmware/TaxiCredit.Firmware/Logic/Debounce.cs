namespace TaxiCredit.Firmware.Logic;

/// <summary>A condition that must hold for several samples in a row.</summary>
internal sealed class Debounce
{
    private readonly int _samples;
    private int _differing;

    /// <param name="samples">Samples in a row, 1 or more.</param>
    public Debounce(int samples)
    {
        _samples = samples;
    }

    public bool IsSet { get; private set; }

    /// <returns>True when <see cref="IsSet"/> changed.</returns>
    public bool Feed(bool value)
    {
        _differing = value == IsSet ? 0 : _differing + 1;
        if (_differing < _samples) return false;

        IsSet = value;
        _differing = 0;
        return true;
    }
}
