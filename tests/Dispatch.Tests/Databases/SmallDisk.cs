using System.Diagnostics;

namespace Dispatch.Tests.Databases;

/// <summary>A file system of a few megabytes, which a test can fill; without the right to mount one the test is inconclusive.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    private string Filler => System.IO.Path.Combine(Path, "filler");

    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        var disk = new SmallDisk(Directory.CreateTempSubdirectory("taxicredit-disk-").FullName);
        if (!OperatingSystem.IsLinux() || await RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", disk.Path) != 0)
            Assert.Inconclusive("A full disk takes a small file system, which takes the right to mount one.");
        return disk;
    }

    public async Task GiveToAsync(string user)
    {
        if (Environment.IsPrivilegedProcess)
            Assert.AreEqual(0, await RunAsync("chown", user, Path));
    }

    /// <summary>Takes all the room that is left.</summary>
    public async Task FillAsync()
    {
        await using var filler = File.Create(Filler, bufferSize: 0);
        try
        {
            for (var block = new byte[4_096]; ;)
                await filler.WriteAsync(block);
        }
        catch (IOException)
        {
            // That is the end of the disk.
        }
    }

    public void Empty() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", Path);
        Directory.Delete(Path);
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
