using Microsoft.AspNetCore.Components;

namespace TaxiCredit.Dispatch.Components.Parts;

/// <summary>
/// Bar and four stars of a unit, in the coordinates of a windscreen of 96 by 55. Markup and no component: pages draw hundreds, and a component for each,
/// or a frame for each attribute of each lamp, costs more than the lamps.
/// </summary>
internal static class UnitLights
{
    /// <summary>The lamps, to be drawn on something.</summary>
    /// <param name="lit">5 digits: bar, star 1 to star 4; <c>1</c> is lit.</param>
    public static MarkupString Lamps(string lit) => new(
        $"""
        <rect class="{Lamp(lit, 0)}" x="22" y="42.6" width="52" height="4" rx="1.5" />
        <use class="{Lamp(lit, 1)}" href="#star" x="27.6" y="33.2" />
        <use class="{Lamp(lit, 2)}" href="#star" x="41.2" y="33.2" />
        <use class="{Lamp(lit, 3)}" href="#star" x="54.8" y="33.2" />
        <use class="{Lamp(lit, 4)}" href="#star" x="68.4" y="33.2" />
        """);

    /// <summary>The unit without its glass: next to a word or a number.</summary>
    /// <param name="lit">As <see cref="Lamps"/> takes it.</param>
    public static MarkupString Alone(string lit) => new(
        $"""
        <svg class="windscreen unit-only" viewBox="17 23.5 62 27" aria-hidden="true" focusable="false">
        <rect class="unit" x="17" y="23.5" width="62" height="27" />
        {Lamps(lit)}
        </svg>
        """);

    private static string Lamp(string lit, int channel) => lit[channel] == '1' ? "lamp lit" : "lamp";
}
