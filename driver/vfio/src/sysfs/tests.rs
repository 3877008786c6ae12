// SPDX-License-Identifier: Apache-2.0
//! On a file tree that looks like the kernel's.

use super::*;
use std::os::unix::fs::symlink;
use std::sync::atomic::{AtomicU32, Ordering};

struct Tree {
    root: PathBuf,
}

impl Tree {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let n = COUNT.fetch_add(1, Ordering::Relaxed);
        let root = std::env::temp_dir().join(format!("toe-sysfs-{}-{n}", std::process::id()));
        for folder in
            ["sys/bus/pci/devices", "sys/bus/pci/drivers", "dev/vfio", "sys/kernel/iommu_groups"]
        {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        let tree = Self { root };
        tree.file("sys/bus/pci/drivers_probe", "");
        tree.file("dev/vfio/vfio", "");
        tree
    }

    fn file(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn driver(&self, name: &str) {
        self.file(&format!("sys/bus/pci/drivers/{name}/unbind"), "");
    }

    fn device(&self, address: &str, ids: (&str, &str), group: Option<u32>, driver: Option<&str>) {
        let folder = format!("sys/bus/pci/devices/{address}");
        self.file(&format!("{folder}/vendor"), &format!("{}\n", ids.0));
        self.file(&format!("{folder}/device"), &format!("{}\n", ids.1));
        self.file(&format!("{folder}/driver_override"), "(null)\n");
        self.file(&format!("{folder}/numa_node"), "-1\n");
        if let Some(group) = group {
            let members = self.root.join(format!("sys/kernel/iommu_groups/{group}/devices"));
            fs::create_dir_all(&members).unwrap();
            symlink(self.root.join(&folder), members.join(address)).unwrap();
            symlink(members.parent().unwrap(), self.root.join(&folder).join("iommu_group"))
                .unwrap();
            self.file(&format!("dev/vfio/{group}"), "");
        }
        if let Some(driver) = driver {
            self.driver(driver);
            let target = self.root.join("sys/bus/pci/drivers").join(driver);
            symlink(target, self.root.join(&folder).join("driver")).unwrap();
        }
    }

    fn sysfs(&self) -> Sysfs {
        Sysfs::new(&self.root)
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

const TOE: (&str, &str) = ("0x1234", "0x70e1");
const NIC: (&str, &str) = ("0x8086", "0x1533");

fn at(text: &str) -> PciAddress {
    text.parse().unwrap()
}

/// Does what the kernel does when somebody writes, or refuses.
struct FakeKernel<'a> {
    tree: &'a Tree,
    /// Driver that a device without override gets.
    usual: Option<&'static str>,
    refuse: Option<io::ErrorKind>,
    /// Ignores the override.
    stubborn: bool,
    log: Vec<String>,
}

impl<'a> FakeKernel<'a> {
    fn new(tree: &'a Tree) -> Self {
        Self { tree, usual: None, refuse: None, stubborn: false, log: Vec::new() }
    }
}

impl Kernel for FakeKernel<'_> {
    fn write(&mut self, path: &Path, text: &str) -> io::Result<()> {
        if let Some(kind) = self.refuse {
            return Err(kind.into());
        }
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        self.log.push(format!("{name}={}", text.trim()));
        match name.as_str() {
            "driver_override" => fs::write(path, text),
            "unbind" => fs::remove_file(self.tree.sysfs().device_path(at(text)).join("driver")),
            "drivers_probe" => {
                let folder = self.tree.sysfs().device_path(at(text));
                let wanted = fs::read_to_string(folder.join("driver_override"))?;
                let wanted = wanted.trim();
                let driver =
                    if wanted.is_empty() || self.stubborn { self.usual } else { Some(wanted) };
                match driver {
                    Some(driver) => symlink(
                        self.tree.root.join("sys/bus/pci/drivers").join(driver),
                        folder.join("driver"),
                    ),
                    None => Ok(()),
                }
            }
            other => panic!("nobody writes {other}"),
        }
    }
}

#[test]
fn addresses() {
    for (text, shown) in [
        ("0000:01:00.0", "0000:01:00.0"),
        ("1f:1a.7", "0000:1f:1a.7"),
        ("abcd:ff:1f.3", "abcd:ff:1f.3"),
    ] {
        assert_eq!(at(text).to_string(), shown);
    }
    for bad in [
        "",
        "1",
        "00:00",
        "00:20.0",
        "00:00.8",
        "+0:00.0",
        "0:0:0:0.0",
        "../..:00.0",
        "00000:00:00.0",
    ] {
        assert!(bad.parse::<PciAddress>().is_err(), "{bad}");
    }
}

#[test]
fn devices_are_listed_with_driver_and_group() {
    let tree = Tree::new();
    tree.device("0000:02:00.0", TOE, Some(7), Some("vfio-pci"));
    tree.device("0000:00:1f.0", NIC, None, None);
    tree.file(
        "sys/kernel/iommu_groups/7/reserved_regions",
        "0x00000000fee00000 0x00000000feefffff msi\n",
    );
    let found = tree.sysfs().devices().unwrap();
    assert_eq!(found.len(), 2);
    assert!(!found[0].is_toe() && found[1].is_toe());
    assert_eq!((found[1].driver.as_deref(), found[1].group), (Some("vfio-pci"), Some(7)));
    assert_eq!(found[1].node, None);
    assert_eq!(tree.sysfs().reserved(7), [(0xfee0_0000, 0xfeef_ffff)]);
    assert_eq!(tree.sysfs().check(at("0000:02:00.0"), None).unwrap(), 7);
}

/// Each thing that can be missing is found, and the message says what to do.
#[test]
fn every_set_up_error_names_its_fix() {
    let tree = Tree::new();
    let sysfs = tree.sysfs();
    let toe = "0000:02:00.0";
    let says = |fix: &str, locked: Option<u64>| {
        let error = sysfs.check(at(toe), locked).unwrap_err();
        assert!(error.to_string().contains(fix), "{error}");
        error
    };
    assert!(matches!(says("toe device list", None), SetupError::NotFound { .. }));
    tree.device(toe, TOE, None, None);
    assert!(matches!(says("intel_iommu=on", None), SetupError::NoIommu { others: false, .. }));
    fs::remove_dir_all(sysfs.device_path(at(toe))).unwrap();
    tree.device(toe, TOE, Some(3), None);
    tree.device("0000:02:00.1", NIC, Some(3), Some("igb"));
    assert!(matches!(says("modprobe vfio-pci", None), SetupError::NoVfioPci));
    tree.driver("vfio-pci");
    let error = says("toe device bind 0000:02:00.0", None);
    assert!(matches!(error, SetupError::NotBound { driver: None, .. }));
    assert!(sysfs.bind(&mut FakeKernel::new(&tree), at(toe)).unwrap());
    let error = says("0000:02:00.1 (igb)", None);
    assert!(matches!(error, SetupError::GroupNotViable { group: 3, .. }));
    assert!(sysfs.unbind(&mut FakeKernel::new(&tree), at("0000:02:00.1")).unwrap());
    assert!(matches!(says("ulimit -l", Some(65_536)), SetupError::LockLimit { limit: 65_536 }));
    fs::remove_file(sysfs.group_file(3)).unwrap();
    assert!(matches!(says("modprobe", None), SetupError::NoDeviceFile { .. }));
    tree.file("dev/vfio/3", "");
    assert_eq!(sysfs.check(at(toe), Some(LOCKED_LEAST)).unwrap(), 3);
    let permission = SetupError::io(&sysfs.group_file(3), &io::ErrorKind::PermissionDenied.into());
    assert!(permission.to_string().contains("chown"));
    assert!(SetupError::NoHugePages.to_string().contains("nr_hugepages"));
}

#[test]
fn another_group_with_an_iommu_is_said() {
    let tree = Tree::new();
    tree.device("0000:03:00.0", NIC, Some(1), None);
    tree.device("0000:02:00.0", TOE, None, None);
    let error = tree.sysfs().check(at("0000:02:00.0"), None).unwrap_err();
    assert!(matches!(error, SetupError::NoIommu { others: true, .. }), "{error}");
}

#[test]
fn bridges_of_the_group_may_keep_their_driver() {
    let tree = Tree::new();
    tree.device("0000:02:00.0", TOE, Some(3), Some("vfio-pci"));
    tree.device("0000:00:01.0", NIC, Some(3), Some("pcieport"));
    tree.device("0000:00:02.0", NIC, Some(3), None);
    tree.sysfs().check(at("0000:02:00.0"), None).unwrap();
}

/// With iommufd neither the container nor the group's file is needed; both have the group as the unit of ownership.
#[test]
fn a_device_with_a_file_of_its_own() {
    let tree = Tree::new();
    let (toe, file) = ("0000:02:00.0", "dev/vfio/devices/vfio5");
    tree.device(toe, TOE, Some(3), Some("vfio-pci"));
    fs::remove_file(tree.root.join("dev/vfio/vfio")).unwrap();
    fs::create_dir_all(tree.sysfs().device_path(at(toe)).join("vfio-dev/vfio5")).unwrap();
    let with = |cdev| Sysfs { cdev, ..tree.sysfs() };
    assert_eq!(with(true).way(at(toe)), Way::Group, "the kernel has no iommufd");
    tree.file("dev/iommu", "");
    assert_eq!(with(false).way(at(toe)), Way::Group, "not built in");
    assert_eq!(with(true).way(at(toe)), Way::Cdev(tree.root.join(file)));
    assert!(matches!(with(false).check(at(toe), None), Err(SetupError::NoDeviceFile { .. })));
    let error = with(true).check(at(toe), None).unwrap_err();
    assert!(matches!(&error, SetupError::NoDeviceFile { path } if path.ends_with(file)), "{error}");
    tree.file(file, "");
    assert_eq!(with(true).check(at(toe), None).unwrap(), 3);
    tree.device("0000:02:00.1", NIC, Some(3), Some("igb"));
    assert!(matches!(with(true).check(at(toe), None), Err(SetupError::GroupNotViable { .. })));
}

#[test]
fn binding_and_unbinding() {
    let tree = Tree::new();
    let toe = at("0000:02:00.0");
    tree.device("0000:02:00.0", TOE, Some(3), Some("igb"));
    tree.driver("vfio-pci");
    let sysfs = tree.sysfs();
    let mut kernel = FakeKernel::new(&tree);
    kernel.usual = Some("igb");
    assert!(sysfs.bind(&mut kernel, toe).unwrap());
    assert_eq!(
        kernel.log,
        ["driver_override=vfio-pci", "unbind=0000:02:00.0", "drivers_probe=0000:02:00.0"]
    );
    assert!(!sysfs.bind(&mut kernel, toe).unwrap(), "nothing to do");
    assert!(sysfs.unbind(&mut kernel, toe).unwrap());
    assert_eq!(sysfs.device(toe).unwrap().driver.as_deref(), Some("igb"));
    kernel.stubborn = true;
    let error = sysfs.bind(&mut kernel, toe).unwrap_err();
    assert!(matches!(error, SetupError::BindFailed { .. }), "{error}");
    kernel.refuse = Some(io::ErrorKind::PermissionDenied);
    let error = sysfs.bind(&mut kernel, toe).unwrap_err();
    assert!(matches!(error, SetupError::NeedsRoot { .. }) && error.to_string().contains("root"));
}

#[test]
fn abilities_come_from_the_capabilities() {
    let mut bytes = vec![0; 256];
    bytes[4] = 4; // bus master
    bytes[6] = 0x10;
    bytes[0x34] = 0x40;
    bytes[0x40..0x44].copy_from_slice(&[0x11, 0x50, 0x10, 0x80]); // MSI-X, 17 vectors
    bytes[0x50..0x58].copy_from_slice(&[0x10, 0, 2, 0, 0, 0, 0, 0x10]); // PCI Express, FLR
    let abilities = Abilities::parse(&bytes).unwrap();
    assert_eq!(abilities.msix_vectors, 17);
    assert!(abilities.function_level_reset && abilities.bus_master);
    assert_eq!(abilities.capabilities, [0x11, 0x10]);
    bytes[0x51] = 0x40; // a loop
    assert!(Abilities::parse(&bytes).is_err());
}
