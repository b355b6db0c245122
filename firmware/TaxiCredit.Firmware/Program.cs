namespace TaxiCredit.Firmware;
internal static class Program { public static void Main() { } }
