// These tests are compiled twice: with MSTest on .NET (Firmware.Tests.csproj), and with nanoFramework's test framework for a
// device or the nanoCLR (NFUnitTest.nfproj). Only what both have is used; on the device a test runs without an instance,
// so that state is static.
#if NANOFRAMEWORK_1_0
global using nanoFramework.TestFramework;
#endif
