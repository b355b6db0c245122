using System.ComponentModel;
using System.Diagnostics;

namespace TaxiCredit.Demo;

internal static class Browser
{
    /// <summary>Opens a page where there is a desktop to open it on; elsewhere the printed address must do.</summary>
    public static void Open(string address)
    {
        var desktop = !OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable("DISPLAY") is not null
            || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is not null;
        if (!desktop)
            return;

        try
        {
            Process.Start(OperatingSystem.IsLinux()
                ? new ProcessStartInfo("xdg-open", address)
                : new ProcessStartInfo(address) { UseShellExecute = true })?.Dispose();
        }
        catch (Win32Exception none)
        {
            Console.WriteLine($"no browser could be opened ({none.Message}); open {address}");
        }
    }
}
