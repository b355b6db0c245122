using System;
using System.Text;
using TaxiCredit.Firmware.Logic;

namespace TaxiCredit.VirtualCab.Board;

/// <summary>
/// What a virtual cab makes of an image: the firmware's own logic under another version, or one of the ways in which a program can be bad. An image is a line
/// of text, <c>virtualcab</c> and a word; any other cannot be loaded.
/// </summary>
/// <param name="Version">What it says in <c>state</c>.</param>
/// <param name="Behaviour">How it is.</param>
internal sealed record VirtualProgram(string Version, VirtualProgram.Kind Behaviour)
{
    private const string Prefix = "virtualcab ";

    /// <summary>That of the factory, which works.</summary>
    public static VirtualProgram Factory { get; } = new(Unit.Version, Kind.Runs);

    public enum Kind
    {
        Runs,

        /// <summary>Its <c>Main</c> throws: the runtime restarts.</summary>
        Throws,

        /// <summary>It does nothing, until the watchdog resets it.</summary>
        Hangs,

        /// <summary>It works, and finds no broker, however long it runs.</summary>
        Deaf,
    }

    /// <summary>The image of a program, padded with spaces to its size.</summary>
    public static byte[] ImageOf(Kind behaviour, int size) => Encoding.ASCII.GetBytes($"{Prefix}{behaviour}\n".PadRight(size));

    /// <returns>Null when it cannot be loaded.</returns>
    public static VirtualProgram? Of(byte[] image, string version)
    {
        string text = Encoding.ASCII.GetString(image).TrimEnd();
        return text.StartsWith(Prefix, StringComparison.Ordinal) && Enum.TryParse(text[Prefix.Length..], out Kind kind) && Enum.IsDefined(kind)
            ? new VirtualProgram(version, kind)
            : null;
    }
}
