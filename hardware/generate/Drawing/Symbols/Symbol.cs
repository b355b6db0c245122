namespace TaxiCredit.Hardware.Generate.Drawing.Symbols;

/// <summary>A pin of a symbol: where a wire joins it, in grid steps from the symbol's origin, y up as in KiCad's libraries.</summary>
/// <param name="Looks">Side of the body on which the pin stands.</param>
/// <param name="Type">KiCad's electrical type, which the rule check (ERC) uses.</param>
internal sealed record SymbolPin(string Number, string Name, int X, int Y, Side Looks, string Type, int Length = 2, bool Hidden = false);

/// <summary>A schematic symbol of the project library.</summary>
/// <param name="Graphics">KiCad drawing expressions in millimetres, y up.</param>
/// <param name="HalfWidth">Half the extent of the drawing in steps, for the placing of texts.</param>
/// <param name="Facts">Where the pin numbers come from, or empty for symbols without a datasheet.</param>
internal sealed record Symbol(string Name, string Prefix, IReadOnlyList<SymbolPin> Pins, string Graphics,
    int HalfWidth, int HalfHeight, string Facts = "")
{
    public bool IsPower { get; init; }

    /// <summary>Two-terminal parts write their fields beside the body; boxes write them above.</summary>
    public bool IsBox { get; init; }

    public bool ShowsPinNumbers { get; init; }

    /// <summary>By pin name or number; a name that occurs twice needs the number.</summary>
    public SymbolPin Pin(string nameOrNumber) =>
        Pins.FirstOrDefault(pin => pin.Name == nameOrNumber) ?? Pins.FirstOrDefault(pin => pin.Number == nameOrNumber)
        ?? throw new ArgumentException($"{Name} has no pin {nameOrNumber}");
}
