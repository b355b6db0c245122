namespace TaxiCredit.Hardware.Generate.Drawing.Symbols;

/// <summary>
/// The integrated circuits with the pin numbers of their packages. Facts say where a number comes from; "memory" means
/// that it has not been checked against the datasheet; README.md lists it under "not verified".
/// </summary>
internal static class Chips
{
    private const string InKicad = "KiCad 9 library, compared pin by pin";

    public static IEnumerable<Symbol> All()
    {
        yield return Module();
        yield return Box.Of("LMR36506", "SNVSBB5B table 6-1 (pin-compatible LMR36503-Q1)", 8,
            ["4 VIN power_in", "", "3 EN input", "", "1 MODE input"],
            ["6 BOOT passive", "", "5 SW power_out", "", "8 FB input", "7 VCC power_out", "2 PGOOD open_collector"],
            ["9 GND power_in"]);
        yield return Box.Of("TPS92611", "memory of SLDS238B: check before layout", 8,
            ["1 SUPPLY power_in", "2 EN input", "3 DIAGEN input", "4 PWM input"],
            ["8 IN input", "7 OUT output", "", "5 FAULT open_collector"],
            ["6+9 GND power_in"]);
        yield return Box.Of("TPS3431", "TPS3431 revision A table 5-1; exposed pad to ground", 8,
            ["1 VDD power_in", "5 SET1 input", "6 WDI input", "3 EN input"],
            ["7 WDO open_collector", "8 ENOUT open_collector", "", "2 CWD passive"],
            ["4+9 GND power_in"]);
        yield return Box.Of("FM24CL64B", InKicad + " (FM24C64B)", 8,
            ["5 SDA bidirectional", "6 SCL input", "7 WP input"],
            ["8 VDD power_in", "1 A0 input", "2 A1 input", "3 A2 input"],
            ["4 VSS power_in"]);
        yield return Box.Of("PCA8565", InKicad + " (PCF8563TS)", 8,
            ["5 SDA bidirectional", "6 SCL input", "3 INT open_collector", "7 CLKOUT open_collector"],
            ["8 VDD power_in", "", "1 OSCI input", "", "2 OSCO output"],
            ["4 VSS power_in"]);
        yield return Box.Of("TMP102", InKicad + " (TMP102xxDRL)", 8,
            ["6 SDA bidirectional", "1 SCL input", "3 ALERT open_collector"],
            ["5 V+ power_in", "4 ADD0 input"],
            ["2 GND power_in"]);
        yield return Box.Of("ADS1115", InKicad + " (ADS1115IDGS)", 8,
            ["4 AIN0 input", "5 AIN1 input", "6 AIN2 input", "7 AIN3 input"],
            ["8 VDD power_in", "1 ADDR input", "9 SDA bidirectional", "10 SCL input", "2 ALERT open_collector"],
            ["3 GND power_in"]);
        yield return Box.Of("74LVC1G08", InKicad, 6, ["2 A input", "1 B input"], ["5 VCC power_in", "4 Y output"], ["3 GND power_in"]);
        yield return Box.Of("74LVC1G17", InKicad, 6, ["2 A input"], ["5 VCC power_in", "4 Y output"], ["3 GND power_in"]);
        yield return Box.Of("74AUP1G74", InKicad, 8,
            ["7 PRE input", "6 CLR input", "2 D input", "1 C input"],
            ["8 VCC power_in", "", "5 Q output", "3 Q_N output"],
            ["4 GND power_in"]);
        yield return Box.Of("BSS138", InKicad, 6, ["1 G input"], ["3 D passive", "2 S passive"], [], prefix: "Q");
        yield return Box.Of("BAV170", InKicad, 6, ["1 A1 passive", "2 A2 passive"], ["3 K passive"], [], prefix: "D");
        yield return Box.Of("LED_PLCC4", "memory: check with a diode tester before layout", 6, ["1 A passive"], ["2+3+4 K passive"], [], prefix: "D");
        yield return Box.Of("TLV7041", InKicad + " (TLV7041DBV)", 6,
            ["3 IN+ input", "", "4 IN- input"], ["5 V+ power_in", "1 OUT open_collector"], ["2 GND power_in"]);
        yield return Box.Of("TEMT6200", "memory: check polarity before layout", 6, ["1 C passive"], ["2 E passive"], [], prefix: "Q");
        yield return Box.Of("BAV99", InKicad, 6,
            ["3 COM passive"], ["2 K passive", "1 A passive"], [], prefix: "D");
        yield return Box.Of("MicroFit_2x2", "Molex 43045 numbering", 6, [],
            ["1 KL30 passive", "2 KL15 passive", "3 GND passive", "4 GND2 passive"], [], prefix: "J");
        yield return Box.Of("Service_1x6", "own order", 6, [],
            ["1 3V3 passive", "2 BOOT passive", "3 TXD passive", "4 RXD passive", "5 RESET passive", "6 GND passive"], [], prefix: "J");
    }

    // Inputs from the car on the left, what the module drives on the right. 17 to 22 and 32 are not connected inside.
    private static Symbol Module() => Box.Of("ESP32-WROOM-32E", InKicad, 14,
        [
            "2 3V3 power_in", "", "3 EN input", "", "4 SENSOR_VP/IO36 input", "5 SENSOR_VN/IO39 input", "6 IO34 input", "7 IO35 input",
            "26 IO4 bidirectional", "13 IO14 bidirectional", "23 IO15 bidirectional", "", "35 IO1/TXD0 bidirectional",
            "34 IO3/RXD0 bidirectional", "25 IO0 bidirectional", "", "17+18+19+20+21+22+32 NC no_connect",
        ],
        [
            "30 IO18 bidirectional", "31 IO19 bidirectional", "37 IO23 bidirectional", "12 IO27 bidirectional", "28 IO17 bidirectional",
            "10 IO25 bidirectional", "11 IO26 bidirectional", "8 IO32 bidirectional", "9 IO33 bidirectional", "29 IO5 bidirectional",
            "33 IO21 bidirectional", "36 IO22 bidirectional", "24 IO2 bidirectional", "16 IO13 bidirectional", "27 IO16 bidirectional",
            "", "14 IO12 bidirectional",
        ],
        ["1+15+38+39 GND power_in"]);
}
