namespace TaxiCredit.Firmware.Logic;

/// <summary>A condition that has to hold for several looks in a row before it is believed.</summary>
internal sealed class Debounce
{
    private readonly int _looks;
    private int _differing;

    /// <param name="looks">Looks in a row, 1 or more.</param>
    public Debounce(int looks)
    {
        _looks = looks;
    }

    public bool IsSet { get; private set; }

    /// <returns>True when <see cref="IsSet"/> changed.</returns>
    public bool Feed(bool value)
    {
        _differing = value == IsSet ? 0 : _differing + 1;
        if (_differing < _looks) return false;

        IsSet = value;
        _differing = 0;
        return true;
    }
}
